package sheets_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// book is what a workbook holds, as openpyxl reads it.
type book struct {
	Sheets  []string            `json:"sheets"`
	Columns map[string][]string `json:"columns"` // first rows
	Totals  []struct {
		Name    string `json:"name"`
		Formula string `json:"formula"`
		Value   string `json:"value"`
	} `json:"totals"`
}

// openpyxl reads workbooks; a warning is an error or is to be ignored.
func openpyxl(t *testing.T, warning string, workbooks ...string) map[string]book {
	t.Helper()
	c := exec.CommandContext(t.Context(), "/usr/bin/python3", append([]string{"totals.py", warning}, workbooks...)...)
	var complaint strings.Builder
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		t.Fatalf("openpyxl: %v: %s", err, complaint.String())
	}
	var all map[string]book
	if err := json.Unmarshal(out, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// forgetful copies workbooks without the values of their formulas, so that whoever reads them has to calculate.
func forgetful(t *testing.T, workbooks ...string) []string {
	t.Helper()
	to := t.TempDir()
	known := regexp.MustCompile(`(<f>[^<]*</f>)<v>[^<]*</v>`)
	var copies []string
	for _, workbook := range workbooks {
		z, err := zip.OpenReader(workbook)
		if err != nil {
			t.Fatal(err)
		}
		var copied bytes.Buffer
		w := zip.NewWriter(&copied)
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			part, err := w.Create(f.Name)
			if err == nil {
				_, err = part.Write(known.ReplaceAll(b, []byte("$1")))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(to, filepath.Base(workbook))
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, copied.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		_ = z.Close() // it was read only
		copies = append(copies, path)
	}
	return copies
}

// totals finds one table on each sheet, and that LibreOffice and Gnumeric calculate every total as the file and so
// openpyxl have it.
func totals(t *testing.T, files []string) {
	t.Helper()
	bare, byOffice, byGnumeric := forgetful(t, files...), t.TempDir(), t.TempDir()
	office(t, "xlsx", byOffice, bare...)
	formulas := 0
	written := openpyxl(t, "error", files...)
	for i, file := range files {
		is := written[file]
		checkSheets(t, file, is)
		gnumeric := filepath.Join(byGnumeric, filepath.Base(file))
		if out, err := exec.CommandContext(t.Context(), "ssconvert", "--recalc", bare[i], gnumeric).CombinedOutput(); err != nil {
			t.Fatalf("ssconvert: %v\n%s", err, out)
		}
		calculated := filepath.Join(byOffice, filepath.Base(file))
		read := openpyxl(t, "ignore", calculated, gnumeric)
		for j, total := range is.Totals {
			if strings.HasPrefix(total.Formula, "=") {
				formulas++
			}
			want, err := decimal.NewFromString(total.Value)
			if err != nil {
				t.Errorf("%s: %s is %q, which is no number", file, total.Name, total.Value)
			}
			for _, by := range []string{calculated, gnumeric} {
				if got, err := decimal.NewFromString(read[by].Totals[j].Value); err != nil || !got.Equal(want) {
					t.Errorf("%s: %s is %s, and calculated %s, error %v", by, total.Name, want, got, err)
				}
			}
		}
	}
	if formulas < 50 {
		t.Errorf("%d totals are formulas", formulas)
	}
}

// checkSheets finds a table with columns on every sheet, totals before what the file is, and no totals but there.
func checkSheets(t *testing.T, file string, is book) {
	t.Helper()
	last := len(is.Sheets) - 1
	if last < 1 || is.Sheets[last] != "About" || len(is.Totals) > 0 && is.Sheets[last-1] != "Totals" {
		t.Errorf("%s has the sheets %q", file, is.Sheets)
	}
	for name, columns := range is.Columns {
		if slices.Contains(columns, "") || len(columns) < 2 {
			t.Errorf("%s, sheet %s: the first row is %q", file, name, columns)
		}
	}
}
