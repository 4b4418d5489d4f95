// <passkey-form> around a form: its button asks the browser for a passkey (ceremony="get") or for a
// new one ("create"), puts what it answers into the field "credential" and sends the form. What to
// ask for lies in the page, in the element that `options` names, or at the address `src`.
const ABLE = "parseRequestOptionsFromJSON" in (window.PublicKeyCredential ?? {});
const REFUSED = say("Your browser gave no passkey. You can try again.");

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.told = this.querySelector("[role=status]");
    if (!ABLE) return;
    this.classList.add("able");
    this.form.addEventListener("submit", (event) => {
      // Sent by the script itself, further down, it does not come by here again.
      event.preventDefault();
      this.ask();
    });
  }

  async ask() {
    this.told.textContent = "";
    try {
      const credential = await this.credential(await this.options());
      this.form.elements.credential.value = JSON.stringify(credential);
      this.form.submit();
    } catch {
      // Mostly whoever was asked said no; browsers do not tell it from the rest.
      this.told.textContent = REFUSED;
    }
  }

  async options() {
    const src = this.getAttribute("src");
    if (!src) return JSON.parse(document.getElementById(this.getAttribute("options")).textContent);
    const answer = await fetch(src, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  credential(options) {
    if (this.getAttribute("ceremony") === "get") {
      const asked = options.request_options.publicKey;
      return navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked),
      });
    }
    const asked = options.creation_options.publicKey;
    // So that it logs in by itself: kept with its owner's name, and given to nobody but them.
    asked.authenticatorSelection = {
      ...asked.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    };
    return navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked),
    });
  }
}

customElements.define("passkey-form", PasskeyForm);
