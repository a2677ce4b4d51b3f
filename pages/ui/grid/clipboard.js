// What a clipboard holds: a text for one cell, or a spreadsheet's cells.

// A spreadsheet ends what it copies with a line end, a single cell too.
const withoutLineEnd = (text) => text.replace(/(\r\n|\r|\n)$/, "");

const fromSpreadsheet = (html) => /<table/i.test(html) && /office:excel|google-sheets|LibreOffice|OpenOffice/i.test(html);

// Rows of texts, where the clipboard is to be spread over cells; a single text for the cell itself.
function clipboardRows(text, html, long) {
  const bare = withoutLineEnd(text);
  const spreadsheet = fromSpreadsheet(html);
  // A long text has lines of its own: a letter's paragraphs are one cell's text, a column's cells are not.
  const several = long ? spreadsheet || (!html && bare.includes("\t")) : /[\t\r\n]/.test(bare);
  return several ? separatedCells(bare) : [[bare]];
}

// Cells are parted by tabs and line ends; one that holds such itself is in quotes, its own quotes doubled. Quotes around
// anything else are the text's.
function separatedCells(text) {
  const quoted = /"([^"]*(?:""[^"]*)*)"(?=[\t\r\n]|$)/y;
  const plain = /[^\t\r\n]*/y;
  const rows = [[]];
  for (let at = 0; ;) {
    quoted.lastIndex = plain.lastIndex = at;
    const within = quoted.exec(text);
    if (within && /[\t\r\n]/.test(within[1])) {
      rows.at(-1).push(within[1].replaceAll('""', '"'));
      at = quoted.lastIndex;
    } else {
      rows.at(-1).push(plain.exec(text)[0]);
      at = plain.lastIndex;
    }
    if (at >= text.length) return rows;
    if (text[at] === "\t") {
      at += 1;
    } else {
      at += text.startsWith("\r\n", at) ? 2 : 1;
      rows.push([]);
    }
  }
}
