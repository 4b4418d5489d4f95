// <fold-memory name="thread-5"> around folds that have an id: what was opened or folded is so again
// the next time, in this browser.
const MOST = 200;

class FoldMemory extends HTMLElement {
  connectedCallback() {
    this.key = `folds.${this.getAttribute("name")}`;
    this.kept = this.read();
    for (const fold of this.folds()) {
      if (fold.id in this.kept) fold.open = this.kept[fold.id];
    }
    // The event does not bubble.
    this.addEventListener("toggle", (event) => this.keep(event.target), true);
  }

  folds() {
    return this.querySelectorAll("details.fold[id]");
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch {
      return {}; // storage is closed to us, or holds what is not ours
    }
  }

  keep(fold) {
    if (!fold.matches("details.fold[id]") || (this.kept[fold.id] ?? false) === fold.open) return;
    delete this.kept[fold.id];
    const entries = [...Object.entries(this.kept), [fold.id, fold.open]].slice(-MOST);
    this.kept = Object.fromEntries(entries);
    try {
      localStorage.setItem(this.key, JSON.stringify(this.kept));
    } catch {
      // Full or closed: then it is forgotten, and nothing else is lost.
    }
  }
}

customElements.define("fold-memory", FoldMemory);
