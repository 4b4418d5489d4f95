// <scheme-choice> with a list of colours: what is chosen holds at once, and in this browser from
// then on, for the server writes it into the pages that it sends. Without a script it stays hidden,
// and what was chosen before holds, or the device's own setting.
const YEAR = 365 * 24 * 3600;
const SECURE = location.protocol === "https:" ? "; secure" : "";

class SchemeChoice extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("select");
    this.list.value = document.cookie.match(/(?:^|; )scheme=([a-z-]+)/)?.[1] ?? "";
    // A page that the browser kept may be older than the choice.
    this.show(this.list.value);
    this.hidden = false;
    this.list.addEventListener("change", () => this.choose(this.list.value));
  }

  show(value) {
    const [scheme, contrast] = value.split("-");
    const root = document.documentElement;
    for (const [name, said] of [["scheme", scheme], ["contrast", contrast]]) {
      if (said) root.dataset[name] = said;
      else delete root.dataset[name];
    }
  }

  choose(value) {
    this.show(value);
    const age = value ? YEAR : 0;
    document.cookie = `scheme=${value}; path=/; max-age=${age}; samesite=lax${SECURE}`;
  }
}

customElements.define("scheme-choice", SchemeChoice);
