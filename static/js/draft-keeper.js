// <draft-keeper> in a form that is written in: keeps what stands in it, a few seconds after the
// last key and when the page is left. The server answers with the draft to go on from; without the
// script its button does the same.
const PATIENCE = 2500;

class DraftKeeper extends HTMLElement {
  turn = Promise.resolve();

  connectedCallback() {
    this.form = this.closest("form");
    this.reference = this.querySelector("[name=draft]");
    this.told = this.querySelector("[role=status]");
    if (!this.form || !this.reference || this.kept !== undefined) return;
    this.button = this.querySelector("button");
    this.kept = this.hasAttribute("unkept") ? "" : this.written();
    this.form.addEventListener("input", () => this.soon());
    this.form.addEventListener("submit", (event) => this.leave(event));
    this.button.addEventListener("click", (event) => {
      event.preventDefault();
      this.keep();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.keepAtOnce();
    });
    addEventListener("pagehide", () => this.keepAtOnce());
    if (!this.kept) this.soon();
  }

  body() {
    const body = new FormData(this.form);
    body.set("keep", "1");
    return body;
  }

  written() {
    const said = [...new FormData(this.form)].filter(([name]) => name !== "draft");
    return JSON.stringify(said);
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PATIENCE);
  }

  // Sent to be posted: what the server makes of it is not a draft any more.
  leave(event) {
    if (event.defaultPrevented) return;
    clearTimeout(this.timer);
    this.isLeft = true;
    // Back from the next page by the browser's own button, the form is written in again.
    addEventListener("pageshow", () => { this.isLeft = false; }, { once: true });
  }

  keep() {
    clearTimeout(this.timer);
    this.turn = this.turn.then(() => this.send());
  }

  async send() {
    const written = this.written();
    if (this.isLeft || written === this.kept) return;
    try {
      const answer = await fetch(this.form.action, {
        method: "POST",
        body: this.body(),
        headers: { Accept: "application/json" },
      });
      const told = await answer.json();
      if (told.draft) this.reference.value = told.draft;
      if (answer.ok) this.kept = written;
      this.told.textContent = told.said;
    } catch {
      this.told.textContent = say("The draft could not be kept: is there a connection?");
    }
  }

  keepAtOnce() {
    const written = this.written();
    if (this.isLeft || written === this.kept) return;
    this.kept = written;
    navigator.sendBeacon(this.form.action, this.body());
  }
}

customElements.define("draft-keeper", DraftKeeper);
