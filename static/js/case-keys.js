// <case-keys> around what a moderator does with a case: its keys press the buttons and links that
// are there. Without a script they are pressed by hand.
const TYPED = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";

class CaseKeys extends HTMLElement {
  connectedCallback() {
    this.listen = (event) => this.hear(event);
    if (!keysAreOn()) return;
    document.addEventListener("keydown", this.listen);
    this.querySelector(".keys")?.removeAttribute("hidden");
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  hear(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(TYPED)) return;
    const act = {
      c: () => this.querySelector("form[action$='/claim/']")?.requestSubmit(),
      d: () => this.querySelector("input[name=outcome], input[name=sanction]")?.focus(),
      n: () => this.querySelector("a[rel=next]")?.click(),
      q: () => document.querySelector(".crumb a").click(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

customElements.define("case-keys", CaseKeys);
