package imports_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// miller has Miller read every file, and finds every cell as it was written.
func miller(t *testing.T, d demo) {
	t.Helper()
	d.each(t, func(t *testing.T, f table) {
		t.Helper()
		// -S leaves cells as they are: without it some become JSON that is none (findings/miller-json-numbers.sh).
		read := json.NewDecoder(strings.NewReader(run(t, "mlr", "--icsv", "--ojson", "-S", "cat", f.path)))
		read.UseNumber()
		var got []map[string]any
		if err := read.Decode(&got); err != nil || len(got) != len(f.rows) {
			t.Fatalf("got %d records and error %v, want %d", len(got), err, len(f.rows))
		}
		for i, record := range got {
			for j, name := range f.columns {
				if cell := fmt.Sprint(record[name]); cell != f.rows[i][j] || len(record) != len(f.columns) {
					t.Fatalf("row %d has %q in %s and %d cells, want %q and %d", i+1, cell, name, len(record), f.rows[i][j], len(f.columns))
				}
			}
		}
	})
}

// sqlite has SQLite import every file, and add its amounts up in decimals.
func sqlite(t *testing.T, d demo) {
	t.Helper()
	d.each(t, func(t *testing.T, f table) {
		t.Helper()
		column := f.amounts()
		sum := "0"
		if column != "" {
			sum = "decimal_sum(" + column + ")" // sum() adds in binary
		}
		lines := strings.Split(run(t, "sqlite3", "-list", ":memory:", ".import --csv '"+f.path+"' t",
			"select group_concat(name) from pragma_table_info('t')", "select count(*) from t", "select "+sum+" from t"), "\n")
		if lines[0] != strings.Join(f.columns, ",") || lines[1] != strconv.Itoa(len(f.rows)) {
			t.Errorf("got %q, want %d rows of %q", lines, len(f.rows), f.columns)
		}
		if want := f.sum(t, column); !exact(t, lines[2]).Equal(want) {
			t.Errorf("%s comes to %s, want %s", column, lines[2], want)
		}
	})
}
