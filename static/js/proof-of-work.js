// <proof-of-work>: finds the number below `most` that, written after `salt`, has `sought` as its
// SHA-256, a few hundred at a time so that nobody waits for a key they press.
const AT_ONCE = 250;

class ProofOfWork extends HTMLElement {
  connectedCallback() {
    this.said = this.querySelector("[role=status]");
    this.said.textContent = say("Your browser does a small sum …");
    this.find();
  }

  async find() {
    const salt = this.getAttribute("salt");
    const sought = this.getAttribute("sought");
    const most = Number(this.getAttribute("most"));
    for (let first = 0; first < most; first += AT_ONCE) {
      const numbers = Array.from({ length: AT_ONCE }, (_, place) => first + place);
      const digests = await Promise.all(numbers.map((number) => this.digest(salt + number)));
      const place = digests.indexOf(sought);
      if (place >= 0) {
        this.tell({ salt, number: first + place, signed: this.getAttribute("signed") });
        return;
      }
    }
  }

  async digest(words) {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words));
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  tell(answer) {
    this.querySelector("input").value = JSON.stringify(answer);
    this.said.textContent = say("Your browser has done its sum.");
  }
}

// Where the address is not a safe one, browsers do no sums: the form says so when it is sent.
if (globalThis.crypto?.subtle) customElements.define("proof-of-work", ProofOfWork);
