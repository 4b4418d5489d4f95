// <similar-claims src="…" form="…"> on the page that marks a claim: while sentences are chosen and
// the statement is written, asks the server what is claimed already, and shows it.
const PATIENCE = 700;
const ASKED = ["s", "exact", "prefix", "suffix", "statement"];

class SimilarClaims extends HTMLElement {
  connectedCallback() {
    const form = document.getElementById(this.getAttribute("form"));
    if (!form || this.asked !== undefined) return;
    this.asked = this.query(form);
    // The sentences' boxes belong to the form and stand outside of it.
    document.addEventListener("input", (event) => {
      if (event.target.form === form && ASKED.includes(event.target.name)) this.soon(form);
    });
  }

  query(form) {
    const said = [...new FormData(form)].filter(([name, value]) => ASKED.includes(name) && value);
    return new URLSearchParams(said).toString();
  }

  soon(form) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(this.query(form)), PATIENCE);
  }

  async ask(query) {
    if (query === this.asked) return;
    this.asked = query;
    try {
      const answer = await fetch(`${this.getAttribute("src")}?${query}`);
      // What was asked meanwhile is answered by itself; nor is what has the focus taken away.
      if (!answer.ok || answer.redirected || query !== this.asked) return;
      const html = (await answer.text()).trim();
      if (query === this.asked && !this.contains(document.activeElement)) this.innerHTML = html;
    } catch {
      // Posting shows what stands on the same words in any case.
    }
  }
}

customElements.define("similar-claims", SimilarClaims);
