-- The shares and chances that are made after the cells, by NumPy, in one go: to change a column of some thousand rows
-- takes as long as to change two.
update cell set ready = made.ready, there = made.there
from (from cell_ready full join cell_there using (framework, year, school_id, criterion)) as made
where made.framework = cell.framework and made.year = cell.year
    and made.school_id = cell.school_id and made.criterion = cell.criterion;
