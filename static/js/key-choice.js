// Whether single keys do anything: as the account says, or in a visitor's browser <key-choice>. The
// other scripts ask keysAreOn(). Without a script no key does, and the choice stays hidden.
const ofAccount = () => document.querySelector("[data-keys]")?.dataset.keys;

function ofBrowser() {
  try {
    return localStorage.getItem("keys") ?? "";
  } catch {
    return "";
  }
}

globalThis.keysAreOn = () => (ofAccount() ?? ofBrowser()) !== "off";

class KeyChoice extends HTMLElement {
  connectedCallback() {
    if (ofAccount()) return;
    const list = this.querySelector("select");
    list.value = ofBrowser();
    this.hidden = false;
    list.addEventListener("change", () => this.choose(list.value));
  }

  choose(value) {
    try {
      localStorage.setItem("keys", value);
    } catch {
      // Full or closed: then the keys stay as they were.
    }
  }
}

customElements.define("key-choice", KeyChoice);
