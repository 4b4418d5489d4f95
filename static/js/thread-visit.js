// <thread-visit> around a form that says what was seen of a thread: sends it once, when the page
// has been looked at for a while or is left. What is new stays marked until the visit is over.
const A_WHILE = 8_000;

class ThreadVisit extends HTMLElement {
  connectedCallback() {
    this.onChange = () => this.look();
    document.addEventListener("visibilitychange", this.onChange);
    this.look();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.onChange);
    clearTimeout(this.timer);
  }

  look() {
    clearTimeout(this.timer);
    if (document.visibilityState === "visible") {
      this.wasSeen = true;
      this.timer = setTimeout(() => this.tell(), A_WHILE);
    } else if (this.wasSeen) {
      this.tell();
    }
  }

  tell() {
    if (this.isTold) return;
    const form = this.querySelector("form");
    this.isTold = navigator.sendBeacon(form.action, new FormData(form));
  }
}

customElements.define("thread-visit", ThreadVisit);
