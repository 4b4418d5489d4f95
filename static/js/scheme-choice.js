// <scheme-choice> with a list of colours: what is chosen holds at once, and in this browser from
// then on. Without a script it stays hidden, and the device's own setting holds.
class SchemeChoice extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("select");
    this.list.value = this.kept();
    this.hidden = false;
    this.list.addEventListener("change", () => this.choose(this.list.value));
  }

  kept() {
    try {
      return localStorage.getItem("scheme") ?? "";
    } catch {
      return "";
    }
  }

  choose(value) {
    const [scheme, contrast] = value.split(" ");
    const root = document.documentElement;
    for (const [name, said] of [["scheme", scheme], ["contrast", contrast]]) {
      if (said) root.dataset[name] = said;
      else delete root.dataset[name];
    }
    try {
      localStorage.setItem("scheme", value);
    } catch {
      // Full or closed: then it holds for this page.
    }
  }
}

customElements.define("scheme-choice", SchemeChoice);
