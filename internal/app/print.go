package app

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"text/tabwriter"
	"unicode/utf8"
)

// printText lines columns up for a person, with money to the right and in groups
// of three digits, and leaves tabs and figures as they are for programs.
func printText(out io.Writer, text string) error {
	if !isTerminal(out) {
		_, err := fmt.Fprintln(out, text)
		return err
	}
	aligned := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	if _, err := fmt.Fprintln(aligned, forEyes(text)); err != nil {
		return err
	}
	return aligned.Flush()
}

// forEyes rewrites the money of an answer. In a table that is a column of
// nothing else; in a line of a name and a value it is the value.
func forEyes(text string) string {
	lines := strings.Split(text, "\n")
	const table = 3 // columns
	for i := 0; i < len(lines); {
		cells := strings.Split(lines[i], "\t")
		end := i + 1
		if len(cells) < table {
			if len(cells) == table-1 && isMoney(cells[1]) {
				lines[i] = cells[0] + "\t" + grouped(cells[1])
			}
			i = end
			continue
		}
		for end < len(lines) && strings.Count(lines[end], "\t") >= table-1 {
			end++
		}
		alignMoney(lines[i:end])
		i = end
	}
	return strings.Join(lines, "\n")
}

// alignMoney puts the columns of money of a table to the right. Its first row has
// the names, and rows may end early.
func alignMoney(lines []string) {
	rows := make([][]string, len(lines))
	columns := 0
	for i, line := range lines {
		rows[i] = strings.Split(line, "\t")
		columns = max(columns, len(rows[i]))
	}
	for c := range columns {
		if widest := moneyWidth(rows, c); widest > 0 {
			for _, row := range rows {
				if c < len(row) && (row[c] != "" || c < len(row)-1) {
					row[c] = strings.Repeat(" ", max(0, widest-utf8.RuneCountInString(row[c]))) + row[c]
				}
			}
		}
	}
	for i, row := range rows {
		lines[i] = strings.Join(row, "\t")
	}
}

// moneyWidth groups the digits of a column of money and returns its width; 0 for
// any other column.
func moneyWidth(rows [][]string, column int) int {
	found := false
	for i, row := range rows {
		if i == 0 || column >= len(row) || row[column] == "" {
			continue
		}
		if !isMoney(row[column]) {
			return 0
		}
		found = true
	}
	if !found {
		return 0
	}
	widest := 0
	for i, row := range rows {
		if column >= len(row) {
			continue
		}
		if i > 0 {
			row[column] = grouped(row[column])
		}
		widest = max(widest, utf8.RuneCountInString(row[column]))
	}
	return widest
}

func isMoney(cell string) bool {
	return regexp.MustCompile(`^-?\d{1,15}\.\d{2,3}$`).MatchString(cell)
}

// grouped has a comma before every three digits of the whole part.
func grouped(amount string) string {
	sign := ""
	if rest, ok := strings.CutPrefix(amount, "-"); ok {
		sign, amount = "-", rest
	}
	whole, fraction, ok := strings.Cut(amount, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if ok {
		whole += "." + fraction
	}
	return sign + whole
}
