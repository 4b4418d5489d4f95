// <vote-buttons id="…"> around a form of votes: sends it without leaving the page. The server
// answers as ever, with a page; the counts, and whatever on the page is marked data-live and has
// an id, are taken from it. If that fails, the form is sent the plain way.
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
    this.replaceChildren(...fresh.childNodes);
    this.querySelector(`button[value="${CSS.escape(submitter.value)}"]`)?.focus();
    this.renew(answer.page);
  }

  async post(form, submitter) {
    const body = new FormData(form);
    if (submitter.name) body.set(submitter.name, submitter.value);
    try {
      const response = await fetch(form.getAttribute("action"), { method: "POST", body });
      if (!response.ok) return null;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      return { page, url: response.url };
    } catch {
      return null;
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
