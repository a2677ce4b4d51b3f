// What cannot be read, below the row that it stands in and across the table: a narrow column would break it word by word.
class Problems {
  constructor(columns) {
    this.lines = made("div", { class: "lines" });
    this.element = made("tr", { class: "problems", hidden: true }, made("td", { colspan: String(columns) }, this.lines));
  }

  // Of one cell: what is wrong with its text and what to do; nothing where nothing is. `stale`: it was said of another
  // text, and keeps its room until it is known what to say of this one.
  tell(cell, problem, hint, stale) {
    if (!stale && !cell.line && problem) this.lines.insertBefore(this.made(cell), this.nextTo(cell));
    const { line } = cell;
    if (!line) return;
    if (!stale) {
      put(line.children[1], problem ?? "");
      put(line.children[2], hint ?? "");
      line.hidden = !problem;
    }
    line.classList.toggle("stale", stale);
  }

  made(cell) {
    const [problem, hint] = ["problem", "hint"].map((name) => made("span", { class: name }));
    const where = made("span", { class: "where" }, `${cell.column.label}: `);
    const named = { class: "line", id: `${cell.noteId}w`, "data-column": cell.column.name };
    cell.line = made("p", named, where, problem, " ", hint);
    return cell.line;
  }

  // The line of the next cell to the right that has one.
  nextTo(cell) {
    return cell.row.cells.slice(cell.place + 1).find(({ line }) => line)?.line ?? null;
  }

  show(removed) {
    const none = [...this.lines.children].every((line) => line.hidden);
    if (this.element.hidden !== (removed || none)) this.element.hidden = removed || none;
  }
}
