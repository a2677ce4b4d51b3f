"""The report as it will print, as a web page: the same blocks that Word and PDF are set from."""

from __future__ import annotations

from html import escape

from analytics.documents.paper.shapes import Block, Document, Fields, Grid, Heading, Paragraph, Table, Tone


def document_html(document: Document) -> str:
    """The document as one sheet of paper; headings are one level below the page's own."""
    stamp = f'<p class="kd-paper-stamp">{escape(document.stamp)}</p>'
    title = f'<p class="kd-paper-title">{escape(document.title)}</p>'
    body = "".join(_block(block) for block in (*document.front, *document.blocks))
    return f'<article class="kd-paper" lang="{document.language[:2]}">{stamp}{title}{body}</article>'


def _block(block: Block) -> str:
    match block:
        case Heading():
            level = block.level + 1
            return f"<h{level}>{escape(block.text)}</h{level}>"
        case Paragraph():
            kind = "" if block.tone is Tone.BODY else ' class="kd-note"'
            return f"<p{kind}>{_lines(block.text.split(chr(10)))}</p>"
        case Fields():
            return "".join(_fields(row) for row in block.rows)
        case Grid():
            return _grid(block)
        case Table():
            return _table(block)
    raise TypeError(block)


def _fields(row: tuple) -> str:
    cells = "".join(
        f'<div style="flex: {field.width} 1 {field.width * 3}rem"><dt>{escape(field.label)}</dt>'
        f"<dd>{_lines(field.lines) or '&nbsp;'}</dd></div>"
        for field in row
    )
    return f'<dl class="kd-paper-fields">{cells}</dl>'


def _grid(grid: Grid) -> str:
    rows = [grid.cells[start : start + grid.columns] for start in range(0, len(grid.cells), grid.columns)]
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(name)} <strong>{escape(mark)}</strong></td>" for name, mark in row) + "</tr>"
        for row in rows
    )
    caption = f"<caption>{escape(grid.label)}</caption>"
    return f'<div class="kd-scroll"><table class="kd-table kd-paper-grid">{caption}{body}</table></div>'


def _table(table: Table) -> str:
    kinds = ["num" if column.numeric else "" for column in table.columns]

    def row(cells: tuple[str, ...], tag: str) -> str:
        inner = "".join(
            f'<{tag} class="{kind}">{_lines(cell.split(chr(10)))}</{tag}>'
            for cell, kind in zip(cells, kinds, strict=True)
        )
        return f"<tr>{inner}</tr>"

    head = "".join(
        f'<th scope="col" class="{kind}">{escape(column.heading)}</th>'
        for column, kind in zip(table.columns, kinds, strict=True)
    )
    body = "".join(row(cells, "td") for cells in table.rows)
    foot = f"<tfoot>{row(table.total, 'th')}</tfoot>" if table.total else ""
    caption = f"<caption>{escape(table.caption)}</caption>"
    return (
        f'<div class="kd-scroll"><table class="kd-table">{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody>{foot}</table></div>"
    )


def _lines(lines) -> str:
    return "<br>".join(escape(line) for line in lines)
