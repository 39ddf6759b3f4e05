package app

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
)

const published = "../../internal/contract/testdata/published.json"

// TestContractShow finds the document as it is, fit to be compared with itself.
func TestContractShow(t *testing.T) {
	t.Parallel()
	got := try(t, nil, "", "contract", "show")
	if got.code != exitOK || got.out != fisklapi.Contract() || got.err != "" {
		t.Errorf("status %d, %s", got.code, got.err)
	}
	if again := try(t, nil, got.out, "contract", "diff", "-"); again.code != exitOK || again.out != "No differences.\n" {
		t.Errorf("got %+v", again)
	}
}

// TestContractCheck finds every operation that reads on a line of its own, and
// the exit status that tells whether the program can count on them.
func TestContractCheck(t *testing.T) {
	t.Parallel()
	api, box := "FISKL_BASE_URL="+relocated(t), boxHosted(t)
	for name, c := range map[string]struct {
		env, args []string
		code      int
		want      string
		lines     int
	}{
		"sandbox":   {nil, []string{"--sandbox"}, exitOK, "ok  getCompany             GET /v1/company\n", askedOperations()},
		"moved":     {[]string{api, "FISKL_API_KEY=" + sandbox.KeyOwner}, nil, exitFailed, "moved  getCompany             GET /v1/company  HTTP 404: there is nothing\n", askedOperations()},
		"read-only": {[]string{box, "FISKL_API_KEY=" + sandbox.KeyReadOnly}, nil, exitOK, "ok  getCompany", askedOperations()},
		"part":      {[]string{box, "FISKL_API_KEY=" + sandbox.KeyInvoiceOnly}, nil, exitOK, "not asked  listAccounts           GET /v1/accounts                      the credential lacks accounting.read\n", askedOperations()},
		"no key":    {nil, nil, exitFailed, "Nothing was asked: no API key is set.", 1},
		"revoked":   {[]string{box, "FISKL_API_KEY=" + sandbox.KeyRevoked}, nil, exitFailed, "Nothing was asked: This API key was revoked (HTTP 401)\n", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := append([]string{"FISKL_RATE_LIMIT=0"}, c.env...)
			got := try(t, env, "", append([]string{"contract", "check"}, c.args...)...)
			if got.code != c.code || got.err != "" || !strings.Contains(got.out, c.want) || strings.Count(got.out, "\n") != c.lines {
				t.Errorf("got %+v", got)
			}
			got = try(t, env, "", append([]string{"contract", "check", "--json"}, c.args...)...)
			var all struct {
				Companies []probed `json:"companies"`
			}
			if err := json.Unmarshal([]byte(got.out), &all); err != nil || got.code != c.code || len(all.Companies) != 1 || (all.Companies[0].Problem == "") != (c.lines > 1) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// TestContractDiff finds the differences by operation, in both forms.
func TestContractDiff(t *testing.T) {
	t.Parallel()
	got := try(t, nil, "", "contract", "diff", published)
	for _, want := range []string{
		"GET /v1/clients (listClients)\n  the list comes wrapped in content there\n",
		"DELETE /v1/clients\n  there, not here",
		"it may be GET /v1/companies/me",
		"\nThere is the document, here is this version's contract.",
	} {
		if !strings.Contains(strings.ReplaceAll(got.out, " operations. There", " operations.\nThere"), want) {
			t.Errorf("%q is not in\n%s", want, got.out)
		}
	}
	inJSON := try(t, nil, "", "contract", "diff", "--json", published)
	var all struct {
		Differences []contract.Difference `json:"differences"`
	}
	if err := json.Unmarshal([]byte(inJSON.out), &all); err != nil || len(all.Differences) < 60 || inJSON.code != exitFailed || got.code != exitFailed {
		t.Errorf("status %d and %d, %v", got.code, inJSON.code, err)
	}
}

// TestContractMistakes finds a sentence for every mistake, and status 2.
func TestContractMistakes(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text := filepath.Join(folder, "text")
	if err := os.WriteFile(text, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"diff"}, "fiskl-mcp contract diff needs FILE"},
		{[]string{"diff", "a", "b"}, "takes FILE and no more"},
		{[]string{"diff", filepath.Join(folder, "gone")}, "no such file"},
		{[]string{"diff", folder}, "it is a folder"},
		{[]string{"diff", text}, "it is no OpenAPI document"},
		{[]string{"diff", "-"}, `"-": it is empty`},
		{[]string{"diff", canary}, "a key does not belong on the command line"},
		{[]string{"chek"}, `unknown command "chek"; did you mean check?`},
		{[]string{"show", "me"}, `takes no arguments, and "me" is one`},
		{[]string{"check", "--jason"}, "unknown flag: --jason"},
	} {
		got := try(t, nil, "", append([]string{"contract"}, c.args...)...)
		if got.code != exitUsage || got.out != "" || !strings.HasPrefix(got.err, "fiskl-mcp: ") || !strings.Contains(got.err, c.want) || strings.Contains(got.err, canary) {
			t.Errorf("%v: got %+v", c.args, got)
		}
	}
	if got := try(t, nil, "", "contract"); got.code != exitOK || !strings.Contains(got.out, "fiskl-mcp contract [command]") {
		t.Errorf("got %+v", got)
	}
}

// askedOperations counts the operations that change nothing.
func askedOperations() int {
	return len(slices.DeleteFunc(fisklapi.Endpoints(), func(e fisklapi.Endpoint) bool { return e.Method != http.MethodGet }))
}
