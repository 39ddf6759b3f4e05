package schemas

// Table is a part of an answer as text shows it.
type Table struct {
	Title   string // empty when the heading says enough
	Columns []string
	Rows    [][]string

	// Currency is that of its amounts; empty means the report's.
	Currency string
}

// spread writes amounts in n cells, so that what follows lines up however many
// amounts Fiskl gave.
func spread(amounts []Money, n int) []string {
	cells := make([]string, n)
	for i := range min(n, len(amounts)) {
		cells[i] = string(amounts[i])
	}
	return cells
}
