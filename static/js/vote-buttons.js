// <vote-buttons id="…"> around posts and their form of votes: sends a vote without leaving the
// page. The server answers as ever, with a page; from it are taken the buttons that were used, the
// form's new key, the line above each post, and whatever is marked data-live and has an id. If
// that fails, the form is sent the plain way: its key makes the second sending harmless.
const buttonsOf = (root, address) => [
  ...root.querySelectorAll(`button[formaction="${CSS.escape(address)}"]`),
];

class VoteButtons extends HTMLElement {
  turn = Promise.resolve();

  connectedCallback() {
    this.addEventListener("submit", (event) => this.take(event));
  }

  take(event) {
    const { target: form, submitter } = event;
    const address = submitter?.getAttribute("formaction");
    if (this.isPlain || !address || !this.id) return;
    event.preventDefault();
    // What is said now counts, though it may have to wait for the votes before it.
    const body = new FormData(form, submitter);
    const place = buttonsOf(this, address).indexOf(submitter);
    this.turn = this.turn.then(() => this.vote({ form, address, body, place }));
  }

  async vote({ form, address, body, place }) {
    if (this.isPlain) return;
    const answer = await this.post(address, body);
    if (!answer) {
      this.isPlain = true;
      return form.requestSubmit(buttonsOf(this, address)[place]);
    }
    const fresh = answer.page.getElementById(this.id);
    // The vote was taken, but the answer is another page: the sign-in, for instance.
    if (!fresh) return location.assign(answer.url);
    this.renewKey(form, fresh);
    this.renewButtons(fresh, address, place);
    this.renewLines(fresh);
    this.renewLive(answer.page);
  }

  async post(address, body) {
    try {
      const response = await fetch(address, { method: "POST", body });
      if (!response.ok) return null;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      return { page, url: response.url };
    } catch {
      return null;
    }
  }

  renewKey(form, fresh) {
    const key = fresh.querySelector(`#${CSS.escape(form.id)} [name=form_key]`);
    if (key) form.elements.form_key.value = key.value;
  }

  renewButtons(fresh, address, place) {
    const old = buttonsOf(this, address);
    const buttons = buttonsOf(fresh, address);
    if (!old.length || !buttons.length) return;
    // Whoever has gone on in the meantime is not called back.
    const hadFocus = old[0].closest(".conv").contains(document.activeElement);
    old[0].closest(".conv").replaceWith(document.adoptNode(buttons[0].closest(".conv")));
    if (hadFocus) buttons[place]?.focus({ preventScroll: true });
  }

  // Who survives whom may have changed further up.
  renewLines(fresh) {
    for (const old of this.querySelectorAll("[id] > article > .top")) {
      const id = CSS.escape(old.closest("[id]").id);
      const line = fresh.querySelector(`#${id} > article > .top`);
      if (line && !line.isEqualNode(old)) old.replaceWith(document.adoptNode(line));
    }
  }

  renewLive(page) {
    for (const old of document.querySelectorAll("[data-live][id]")) {
      const fresh = page.getElementById(old.id);
      if (fresh && !fresh.isEqualNode(old)) old.replaceWith(document.adoptNode(fresh));
    }
  }
}

customElements.define("vote-buttons", VoteButtons);
