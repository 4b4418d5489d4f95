// <stance-choice id="…"> around a claim's question: takes a stance without leaving the page. The
// server answers as ever, with a page; its own question stands in for this one, and the lines above
// the posts are renewed, since a changed stance may change what convinces both sides. If that
// fails, the form is sent the plain way: its key makes the second sending harmless.
class StanceChoice extends HTMLElement {
  turn = Promise.resolve();

  connectedCallback() {
    this.addEventListener("submit", (event) => this.take(event));
  }

  take(event) {
    const { target: form, submitter } = event;
    if (this.isPlain || !submitter || !this.id) return;
    event.preventDefault();
    const body = new FormData(form, submitter);
    const place = this.places().indexOf(submitter);
    this.turn = this.turn.then(() => this.say(form.action, body, place));
  }

  places() {
    return [...this.querySelectorAll("button")];
  }

  async say(address, body, place) {
    if (this.isPlain) return;
    const answer = await this.post(address, body);
    if (!answer) {
      this.isPlain = true;
      const button = this.places()[place];
      return button.form.requestSubmit(button);
    }
    const fresh = answer.page.getElementById(this.id);
    // It was taken, but the answer is another page: the sign-in, for instance.
    if (!fresh) return location.assign(answer.url);
    const hadFocus = this.contains(document.activeElement);
    this.replaceChildren(...document.adoptNode(fresh).childNodes);
    const buttons = this.places();
    if (hadFocus) (buttons[place] ?? buttons[0])?.focus({ preventScroll: true });
    const votes = document.querySelector("vote-buttons[id]");
    const freshVotes = votes && answer.page.getElementById(votes.id);
    if (freshVotes) votes.renewLines?.(freshVotes);
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
}

customElements.define("stance-choice", StanceChoice);
