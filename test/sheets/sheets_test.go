// Package sheets_test opens exported workbooks with LibreOffice, as people do.
package sheets_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/render"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

// pictures is where a page of each workbook is kept, to be looked at.
const pictures = "out"

// office converts workbooks, and puts what comes out into a folder.
func office(t *testing.T, form, to string, workbooks ...string) {
	t.Helper()
	slowtest.Only(t)
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("needs soffice, which .ci/run installs")
	}
	profile := "-env:UserInstallation=file://" + t.TempDir()
	args := append([]string{profile, "--headless", "--convert-to", form, "--outdir", to}, workbooks...)
	if out, err := exec.CommandContext(t.Context(), "soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// other is the name of what a workbook was converted to.
func other(workbook, form string) string {
	return strings.TrimSuffix(filepath.Base(workbook), ".xlsx") + "." + form
}

// shown are the rows of each workbook's first sheet as LibreOffice shows them.
func shown(t *testing.T, workbooks ...string) map[string][][]string {
	t.Helper()
	to := t.TempDir()
	office(t, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", to, workbooks...)
	all := make(map[string][][]string)
	for _, workbook := range workbooks {
		b, err := os.ReadFile(filepath.Join(to, other(workbook, "csv")))
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(bytes.NewReader(b))
		r.FieldsPerRecord = -1
		if all[workbook], err = r.ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// picture keeps a picture of the first page of a document.
func picture(t *testing.T, document string) {
	t.Helper()
	if err := os.MkdirAll(pictures, 0o750); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(pictures, strings.TrimSuffix(filepath.Base(document), ".pdf"))
	out, err := exec.CommandContext(t.Context(), "pdftoppm", "-singlefile", "-r", "80", "-png", document, to).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if info, err := os.Stat(to + ".png"); err != nil || info.Size() < 1000 {
		t.Errorf("the picture is %v, error %v", info, err)
	}
}

// exported has the program write files, and returns their paths.
func exported(t *testing.T) []string {
	t.Helper()
	slowtest.Only(t)
	for _, program := range []string{"soffice", "ssconvert"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("needs " + program + ", which .ci/run installs")
		}
	}
	dir, to := t.TempDir(), t.TempDir()
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", dir, "../../cmd/fiskl-mcp").CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	all := [][]string{
		{"export_list", "list=invoices"},
		{"export_list", "list=payments"},
		{"export_list", "list=products"},
		{"export_report", "report=statement_of_account", "client=Cascade", "period=last quarter"},
	}
	for _, report := range []string{
		"profit_and_loss", "balance_sheet", "cash_flow", "trial_balance", "financial_ratios", "receivables_aging", "payables_aging", "tax_report", "general_ledger",
	} {
		all = append(all, []string{"export_report", "report=" + report, "period=last quarter"})
	}
	for _, args := range all {
		c := exec.CommandContext(t.Context(), filepath.Join(dir, "fiskl-mcp"), append([]string{"call", "--sandbox", "--export-dir", to}, args...)...)
		c.Env = append(c.Environ(), "FISKL_STATE_DIR="+dir)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	files, err := filepath.Glob(filepath.Join(to, "*.xlsx"))
	if err != nil || len(files) != len(all) {
		t.Fatalf("the files are %v, error %v", files, err)
	}
	return files
}

// TestExports opens what the program exports.
func TestExports(t *testing.T) {
	t.Parallel()
	files := exported(t)
	t.Run("cells", func(t *testing.T) {
		t.Parallel()
		looks(t, files)
	})
	t.Run("totals", func(t *testing.T) {
		t.Parallel()
		totals(t, files)
	})
}

// looks finds no error in what LibreOffice shows, and keeps a picture of each file.
func looks(t *testing.T, files []string) {
	t.Helper()
	pages := t.TempDir()
	for file, rows := range shown(t, files...) {
		if len(rows) < 4 || !slices.Contains(rows[0], "currency") && !slices.Contains(rows[0], "formula") {
			t.Errorf("%s begins with %q", file, rows[:min(len(rows), 3)])
		}
		if slices.ContainsFunc(slices.Concat(rows...), func(cell string) bool { return strings.HasPrefix(cell, "#") }) {
			t.Errorf("%s shows an error: %q", file, rows)
		}
	}
	office(t, "pdf", pages, files...)
	for _, file := range files {
		picture(t, filepath.Join(pages, other(file, "pdf")))
	}
}

// TestCells finds that LibreOffice shows each cell as it was meant: amounts to
// the last digit, days as days, and formulas of people's as text.
func TestCells(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "cells.xlsx")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	given := [][]string{
		{"Acme Ltd", "1234567890123.45", "2026-11-22"},
		{"0100", "-0.01", "2024-02-29"},
		{"=1+1", "0.1", "1901-01-01"},
		{`=HYPERLINK("http://evil.example";"x")`, "12345678901234567.89", "no day"},
		{"@SUM(1)", "7", ""},
		{"_x003D_1+1", "_x0041_x0042_", "_x00_"},
	}
	err = render.Write(render.NewXLSX(f), render.Document{Tables: []render.Table{{
		Columns: []render.Column{{Name: "name", Kind: render.Text}, {Name: "amount", Kind: render.Number}, {Name: "date", Kind: render.Date}},
		Rows:    given,
	}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"name", "amount", "date"},
		{"Acme Ltd", "1,234,567,890,123.45", "2026-11-22"},
		{"0100", "-0.01", "2024-02-29"},
		{"'=1+1", "0.1", "1901-01-01"},
		{`'=HYPERLINK("http://evil.example";"x")`, "12345678901234567.89", "no day"},
		{"'@SUM(1)", "7", ""},
		{"_x003D_1+1", "_x0041_x0042_", "_x00_"},
	}
	got := shown(t, file)[file]
	for i, row := range want {
		if i >= len(got) || !slices.Equal(got[i], row) {
			t.Errorf("row %d is %q, want %q", i, got[min(i, len(got)-1)], row)
		}
	}
}
