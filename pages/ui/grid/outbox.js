// What has been done here and the server has not said that it has seen: a numbered list, sent whole each time, so that a
// message that is lost, late or doubled changes nothing. It lies in the tab's own storage too: a reload sends it again.
class Outbox {
  static #all = new Map();  // by the grid's key; a grid that is left and come back to finds its own

  static of(key) {
    if (!Outbox.#all.has(key)) Outbox.#all.set(key, new Outbox(key));
    return Outbox.#all.get(key);
  }

  constructor(key) {
    this.shelf = `kvalitetsdialog grid ${key}`;
    this.book = "";  // whose numbers these are: the server's session
    this.list = [];  // [number, kind, row, ...]
    this.last = 0;  // the last number given
    this.sent = 0;  // the last number sent
    this.send = () => {};
    try {
      this.list = JSON.parse(sessionStorage.getItem(this.shelf) ?? "[]");
    } catch { /* storage that is turned off: a reload in the wrong moment is not covered */ }
  }

  // The server has seen all up to a number; returns what it says that it did not do.
  heard({ book, seen, refused, most }) {
    this.most = most.sent;
    let not = [];
    if (book !== this.book) {  // a session that has heard of nothing of this
      this.book = book;
      this.last = this.sent = seen;
      this.list = this.list.map(([, ...said]) => [++this.last, ...said]);
    } else {
      not = this.list.filter(([number]) => number <= seen && refused.includes(number));
      this.list = this.list.filter(([number]) => number > seen);
    }
    this.store();
    if (this.list.length && this.last > this.sent) this.post();
    return not;
  }

  add(kind, row, ...said) {
    this.list.push([++this.last, kind, row, ...said]);
  }

  post() {
    this.store();
    if (!this.list.length || !this.book) return;
    let letters = 0;
    const batch = this.list.slice(0, this.most).filter((said, place) => {
      letters += JSON.stringify(said).length;
      return place === 0 || letters < 1_000_000;  // the server closes the line on a message of 25 MB
    });
    this.sent = batch.at(-1)[0];
    this.send({ book: this.book, ops: batch });
  }

  // What the list makes of the server's rows: row -> {texts, removed, added}.
  overlay() {
    const rows = new Map();
    for (const [, kind, row, ...said] of this.list) {
      if (!rows.has(row)) rows.set(row, { texts: {} });
      const over = rows.get(row);
      if (kind === "typed") over.texts[said[0]] = said[1];
      else if (kind === "added") Object.assign(over, { added: true, texts: { ...said[0] } });
      else over.removed = kind === "removed";
    }
    return rows;
  }

  store() {
    try {
      if (this.list.length) sessionStorage.setItem(this.shelf, JSON.stringify(this.list));
      else sessionStorage.removeItem(this.shelf);
    } catch { /* full or turned off */ }
  }
}
