package app

import (
	"strings"
	"testing"

	"github.com/creack/pty"
)

func TestForEyes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"total\t1234567.80":                   "total\t1,234,567.80",
		"number\tINV-0119":                    "number\tINV-0119",
		"2026.11\t2026-11-22":                 "2026.11\t2026-11-22",
		"a\tb\tc\nx\ty\t-1000.00\nx\ty\t5.00": "a\tb\t        c\nx\ty\t-1,000.00\nx\ty\t     5.00",
		"a\tid\tc\nx\t1000\t2000.000":         "a\tid\t        c\nx\t1000\t2,000.000",
		"a\tb\tc\nx\t1000.00\ty\nx\tnone\ty":  "a\tb\tc\nx\t1000.00\ty\nx\tnone\ty",
		"a\tb\tc\nx\t\t1000.00\nx\ty":         "a\tb\t       c\nx\t\t1,000.00\nx\ty",
		"no tabs 1234.00\n\nat all":           "no tabs 1234.00\n\nat all",
		"":                                    "",
	} {
		if got := forEyes(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestPrintText finds that only a person is shown figures in groups.
func TestPrintText(t *testing.T) {
	t.Parallel()
	const text = "account\tcode\tamount\nSales\t4020\t12345.60\nRent\t6080\t7.50"
	var piped strings.Builder
	if err := printText(&piped, text); err != nil || piped.String() != text+"\n" {
		t.Errorf("piped: got %q, %v", piped.String(), err)
	}
	person, tty, err := pty.Open()
	if err != nil {
		t.Skipf("needs pseudo-terminals: %v", err)
	}
	defer person.Close() //nolint:errcheck // it was only read
	if err := printText(tty, text); err != nil {
		t.Fatal(err)
	}
	_ = tty.Close()
	want := "account  code     amount\r\nSales    4020  12,345.60\r\nRent     6080       7.50\r\n"
	if got := everything(person); got != want {
		t.Errorf("at a terminal: got %q, want %q", got, want)
	}
}
