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
		"no tool":          {nil, "", exitUsage, "fiskl-mcp: say which tool to call, as in: fiskl-mcp call list_invoices"},
		"unknown tool":     {[]string{"get_money"}, "", exitUsage, `fiskl-mcp: there is no tool "get_money"; fiskl-mcp tools lists them`},
		"no pair":          {[]string{"get_client", "Northwind"}, "", exitUsage, `fiskl-mcp: argument "Northwind" is not of the form key=value`},
		"a list by commas": {[]string{"get_transaction_detail", "account=6000,4010"}, "", exitOK, "Sales of Products\t4010"},
		"a name's comma":   {[]string{"get_transaction_detail", "account=Rent, rates"}, "", exitFailed, `no account is called "Rent, rates"`},
		"a near tool":      {[]string{"list_invoice"}, "", exitUsage, `there is no tool "list_invoice"; did you mean list_invoices or get_invoice?`},
		"a near flag":      {[]string{"list_invoices", "--sanbox"}, "", exitUsage, "unknown flag: --sanbox; did you mean --sandbox?"},
		"twice":            {[]string{"get_client", "client=1", "client=2"}, "", exitUsage, "fiskl-mcp: argument client is given twice"},
		"broken list":      {[]string{"preview_invoice", "items=[{"}, "", exitUsage, "fiskl-mcp: a value that starts with [ or { is not JSON"},
		"unknown flag":     {[]string{"get_client", "--jsn"}, "", exitUsage, "fiskl-mcp: unknown flag: --jsn; did you mean --json?"},
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
		"version as flag": {[]string{"--version"}, exitOK, "fiskl-mcp " + version() + " "},
		"of a command":    {[]string{"journal", "chek"}, exitUsage, `unknown command "chek"; did you mean check?`},
		"no file":         {[]string{"contract", "diff"}, exitUsage, "fiskl-mcp contract diff needs FILE"},
		"far from all":    {[]string{"frobnicate"}, exitUsage, `unknown command "frobnicate"; fiskl-mcp --help lists`},
		"a tool":          {[]string{"tools", "list_invoices"}, exitOK, "  status  draft|sent|overdue|"},
		"a near tool":     {[]string{"tools", "list_invoice"}, exitUsage, "did you mean list_invoices or get_invoice?"},
		"a tool's help":   {[]string{"call", "get_client", "--help"}, exitOK, "  client*  text"},
		"help, no tool":   {[]string{"call", "nothing", "--help"}, exitOK, "Call one tool from the shell"},
		"no shell":        {[]string{"completion"}, exitUsage, "say for which shell: bash, zsh, fish, powershell"},
		"a near shell":    {[]string{"completion", "bahs"}, exitUsage, "did you mean bash?"},
		"tools":           {[]string{"tools", "--toolsets", "quotes"}, exitOK, "2 tools"},
		"read-only":       {[]string{"tools", "--read-only", "--toolsets", "payments"}, exitOK, "2 tools"},
		"unknown command": {[]string{"sdtio"}, exitUsage, `unknown command "sdtio"; did you mean stdio? fiskl-mcp --help lists`},
		"too much":        {[]string{"stdio", "now"}, exitUsage, `fiskl-mcp stdio takes no arguments, and "now" is one`},
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
