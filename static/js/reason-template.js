// <reason-template> around the choice of a template and its button: fills in decision (where there
// is one), rule and reason as soon as one is chosen. What was typed by hand stays, and the template
// comes after it.
class ReasonTemplate extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector("select");
    const form = this.closest("form");
    if (!select || !form) return;
    this.querySelector("button").hidden = true;
    select.addEventListener("change", () => this.fill(form, select.selectedOptions[0].dataset));
  }

  fill(form, { text, outcome, rule }) {
    if (!text) return;
    const { reason, rule: rules, outcome: outcomes } = form.elements;
    const typed = reason.value.trim();
    if (!typed || typed === this.filled) reason.value = text;
    else if (!typed.includes(text)) reason.value = `${typed}\n\n${text}`;
    this.filled = reason.value;
    rules.value = rule;
    const offered = [...(outcomes ?? [])].find((option) => option.value === outcome);
    if (offered) offered.checked = true;
  }
}

customElements.define("reason-template", ReasonTemplate);
