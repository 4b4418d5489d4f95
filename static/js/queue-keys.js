// <queue-keys> around the queue: its keys walk from case to case and press what is there. Without a
// script the same boxes, links and buttons are pressed by hand.
const TYPED = "input:not([type=checkbox]), select, textarea, [contenteditable]";

class QueueKeys extends HTMLElement {
  connectedCallback() {
    this.listen = (event) => this.hear(event);
    if (!keysAreOn()) return;
    document.addEventListener("keydown", this.listen);
    this.querySelector(".keys")?.removeAttribute("hidden");
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  get rows() {
    return [...this.querySelectorAll("tbody tr")];
  }

  get row() {
    return this.rows.find((row) => row.contains(document.activeElement));
  }

  hear(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPED)) return;
    const act = { j: () => this.walk(1), k: () => this.walk(-1), x: () => this.choose(),
      o: () => this.row?.querySelector("a").click(), c: () => this.take() }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  walk(step) {
    const rows = this.rows;
    const at = rows.indexOf(this.row);
    const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1);
    rows[next]?.querySelector("a").focus();
  }

  choose() {
    const box = this.row?.querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
  }

  take() {
    const form = this.row?.querySelector("form");
    form?.requestSubmit();
  }
}

customElements.define("queue-keys", QueueKeys);
