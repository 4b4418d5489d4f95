// <vote-buttons id="…"> around posts and their form of votes: sends a vote without leaving the
// page. The server answers as ever, with a page; from it are taken the buttons that were used, the
// line above each post, and whatever is marked data-live and has an id. If that fails, the form is
// sent the plain way.
const buttonsOf = (root, submitter) => [
  ...root.querySelectorAll(`button[formaction="${submitter.getAttribute("formaction")}"]`),
];

class VoteButtons extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.send(event));
  }

  async send(event) {
    const { target: form, submitter } = event;
    if (this.isPlain || !submitter || !this.id) return;
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    const answer = await this.post(form, submitter);
    this.isBusy = false;
    if (!answer) {
      this.isPlain = true;
      submitter.click();
      return;
    }
    const fresh = answer.page.getElementById(this.id);
    // The vote was taken, but the answer is another page: the sign-in, for instance.
    if (!fresh) return location.assign(answer.url);
    this.renewButtons(fresh, submitter);
    this.renewLines(answer.page);
    this.renew(answer.page);
  }

  async post(form, submitter) {
    const body = new FormData(form);
    if (submitter.name) body.set(submitter.name, submitter.value);
    try {
      const response = await fetch(submitter.formAction, { method: "POST", body });
      if (!response.ok) return null;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      return { page, url: response.url };
    } catch {
      return null;
    }
  }

  renewButtons(fresh, submitter) {
    const place = buttonsOf(this, submitter).indexOf(submitter);
    const buttons = buttonsOf(fresh, submitter);
    if (!buttons.length) return;
    submitter.closest(".conv").replaceWith(document.adoptNode(buttons[0].closest(".conv")));
    buttons[place]?.focus();
  }

  // Who survives whom may have changed further up.
  renewLines(page) {
    for (const old of this.querySelectorAll("[id] > article > .top")) {
      const id = CSS.escape(old.closest("[id]").id);
      const fresh = page.querySelector(`#${id} > article > .top`);
      if (fresh) old.replaceWith(document.adoptNode(fresh));
    }
  }

  renew(page) {
    for (const old of document.querySelectorAll("[data-live][id]")) {
      const fresh = page.getElementById(old.id);
      if (fresh) old.replaceWith(document.adoptNode(fresh));
    }
  }
}

customElements.define("vote-buttons", VoteButtons);
