package app

import (
	"regexp"
	"strings"
	"testing"
)

// TestTiming finds that --timing leaves the answer as it is, and says on
// standard error after it what each request waited for, whatever the call comes
// to. It names nothing of the books.
func TestTiming(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		args []string
		code int
		want string // requests
	}{
		"text":          {[]string{"list_taxes"}, exitOK, "GET listTaxes "},
		"structured":    {[]string{"get_client", "client=Northwind Bakery", "--json"}, exitOK, "GET listClients "},
		"by its id":     {[]string{"get_client", "client=1035"}, exitOK, "GET getClient "},
		"a failure":     {[]string{"get_client", "client=Nobody"}, exitFailed, "GET listClients "},
		"a write":       {[]string{"create_client", "name=Canary"}, exitOK, "POST createClient "},
		"waits for yes": {[]string{"send_invoice", "invoice=INV-0150"}, exitAwaits, "GET getInvoice "},
		"no request":    {[]string{"get_client", "clinet=7"}, exitFailed, "0 requests, 0 in sequence, "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			call := append([]string{"call"}, test.args...)
			plain := try(t, []string{"FISKL_SANDBOX=1"}, "", call...)
			got := try(t, []string{"FISKL_SANDBOX=1"}, "", append(call, "--timing")...)
			token := sealed()
			if got.code != test.code || token.ReplaceAllString(got.out, "$1") != token.ReplaceAllString(plain.out, "$1") {
				t.Errorf("status %d and %q, and without --timing %+v", got.code, got.out, plain)
			}
			table, ok := strings.CutPrefix(got.err, plain.err)
			if !ok || !strings.Contains(table, test.want) || !regexp.MustCompile(`\n?\d+ requests?, \d+ in sequence, \d+\.\d ms in all\n$`).MatchString(table) {
				t.Errorf("the table is %q", got.err)
			}
			for _, secret := range []string{"fsk_", "1035", "Northwind", "Nobody", "Canary", "INV-", "/v1"} {
				if strings.Contains(table, secret) {
					t.Errorf("%s is in %q", secret, table)
				}
			}
		})
	}
}
