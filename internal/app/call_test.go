package app

import (
	"strings"
	"testing"
)

// TestCall finds that every form of arguments means the same, and that a
// failure says nothing on standard output.
func TestCall(t *testing.T) {
	t.Parallel()
	const items = `items=[{"name":"Hours","quantity":2,"price":"95.00"}]`
	cases := map[string]struct {
		args []string
		in   string
		code int
		want string // on standard output, or on standard error for a failure
	}{
		"none":             {[]string{"list_taxes"}, "", exitOK, "VAT Standard 20%"},
		"pairs":            {[]string{"get_client", "client=Northwind Bakery"}, "", exitOK, "Client Northwind Bakery · Harbour"},
		"pair with =":      {[]string{"list_clients", "search=a=b"}, "", exitOK, "search\t\"a=b\""},
		"JSON":             {[]string{"get_client", ` {"client":"Northwind Bakery"}`}, "", exitOK, "Client Northwind Bakery · Harbour"},
		"standard input":   {[]string{"get_client", "-"}, `{"client":"Northwind Bakery"}`, exitOK, "Client Northwind Bakery · Harbour"},
		"a list":           {[]string{"preview_invoice", "client=Northwind Bakery", items}, "", exitOK, "\ntotal\t190.00"},
		"structured":       {[]string{"get_client", "client=Northwind Bakery", "--json"}, "", exitOK, `"name":"Northwind Bakery"`},
		"no such record":   {[]string{"get_client", "client=Nobody"}, "", exitFailed, `No answer: no client is called "Nobody"`},
		"wrong argument":   {[]string{"get_client", "clinet=7", "--json"}, "", exitFailed, "No answer: clinet is not an argument here"},
		"withheld":         {[]string{"create_client", "name=A", "--read-only"}, "", exitFailed, "Not done, nothing was changed: create_client is not offered"},
		"input is no JSON": {[]string{"get_client", "-"}, `client=7`, exitFailed, "No answer: the arguments are not valid JSON"},
		"no tool":          {nil, "", exitUsage, "fiskl-mcp: requires at least 1 arg"},
		"unknown tool":     {[]string{"get_money"}, "", exitUsage, `fiskl-mcp: there is no tool "get_money"`},
		"no pair":          {[]string{"get_client", "Northwind"}, "", exitUsage, `fiskl-mcp: argument "Northwind" is not of the form key=value`},
		"twice":            {[]string{"get_client", "client=1", "client=2"}, "", exitUsage, "fiskl-mcp: argument client is given twice"},
		"broken list":      {[]string{"preview_invoice", "items=[{"}, "", exitUsage, "fiskl-mcp: a value that starts with [ or { is not JSON"},
		"unknown flag":     {[]string{"get_client", "--jsn"}, "", exitUsage, "fiskl-mcp: unknown flag: --jsn"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := try(t, []string{"FISKL_SANDBOX=1"}, c.in, append([]string{"call"}, c.args...)...)
			said, silent := got.out, got.err
			if c.code != exitOK {
				said, silent = got.err, got.out
			}
			if got.code != c.code || silent != "" || !strings.Contains(said, c.want) || !strings.HasSuffix(said, "\n") {
				t.Errorf("got %+v, want status %d and %q", got, c.code, c.want)
			}
		})
	}
}

// TestCommands finds what the other commands say, and that a mistyped one is
// refused.
func TestCommands(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		args []string
		code int
		want string
	}{
		"help":            {nil, exitOK, "Usage:"},
		"version":         {[]string{"version"}, exitOK, "fiskl-mcp " + version() + " "},
		"tools":           {[]string{"tools", "--toolsets", "quotes"}, exitOK, "2 tools"},
		"read-only":       {[]string{"tools", "--read-only", "--toolsets", "payments"}, exitOK, "2 tools"},
		"unknown command": {[]string{"sdtio"}, exitUsage, `unknown command "sdtio"`},
		"too much":        {[]string{"stdio", "now"}, exitUsage, `unknown command "now"`},
		"sandbox for all": {[]string{"sandbox", "--addr", "0.0.0.0:0"}, exitUsage, "is not a loopback address"},
		"sandbox unheard": {[]string{"sandbox", "--dialect", "testdata/gone.toml"}, exitUsage, "gone.toml"},
		"sandbox odd":     {[]string{"sandbox", "--dialect", "call_test.go"}, exitUsage, "call_test.go"},
		"sandbox nowhere": {[]string{"sandbox", "--addr", "8790"}, exitUsage, "is not of the form HOST:PORT"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := try(t, []string{"FISKL_SANDBOX=1"}, "", c.args...)
			if said := got.out + got.err; got.code != c.code || !strings.Contains(said, c.want) || c.code != exitOK && got.out != "" {
				t.Errorf("got %+v, want status %d and %q", got, c.code, c.want)
			}
		})
	}
}
