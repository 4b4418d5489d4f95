// <own-zone> around the choice of a time zone: where none was chosen yet, the browser's is offered.
class OwnZone extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector("select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!list.value && [...list.options].some((option) => option.value === zone)) list.value = zone;
  }
}

customElements.define("own-zone", OwnZone);
