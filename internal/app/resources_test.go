package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// reads reads a resource over HTTP and returns its text, or the error.
func (v visitor) reads(uri string) (text string, code float64, status int) {
	v.t.Helper()
	got := v.post("resources/read", uri, fmt.Sprintf(`"uri":%q`, uri))
	var read struct {
		Result struct {
			Contents []struct {
				Text string `json:"text"`
				Blob string `json:"blob"`
			} `json:"contents"`
			TTL   float64 `json:"ttlMs"`
			Scope string  `json:"cacheScope"`
		} `json:"result"`
		Error struct {
			Code    float64           `json:"code"`
			Message string            `json:"message"`
			Data    map[string]string `json:"data"`
		} `json:"error"`
	}
	if err := json.Unmarshal([]byte(got.message()), &read); err != nil {
		v.t.Fatalf("%v in %s", err, got.body)
	}
	if read.Error.Code != 0 {
		if read.Error.Data["uri"] != uri {
			v.t.Errorf("%s: the error does not say of what: %s", uri, got.body)
		}
		return read.Error.Message, read.Error.Code, got.status
	}
	if len(read.Result.Contents) != 1 || read.Result.TTL != 0 || read.Result.Scope != "private" {
		v.t.Fatalf("%s: got %s", uri, got.body)
	}
	return read.Result.Contents[0].Text + read.Result.Contents[0].Blob, 0, got.status
}

// TestExportsOfOthers finds that a file is its caller's alone, of one company.
func TestExportsOfOthers(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(file, []byte("[companies.acme]\nsandbox = true\n[companies.harbour]\nsandbox = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	saved := t.TempDir()
	h := receptive(t, []string{"FISKL_CONFIG=" + file, "FISKL_EXPORT_DIR=" + saved}, "--auth", "static", "--access-tokens-file", tokensFile(t, "anna", "rw", "ben", "rw"))
	anna, ben := h.bearing("token-of-anna"), h.bearing("token-of-ben")
	a := anna.told("export_list", `{"company":"acme","list":"taxes","format":"csv"}`)
	uri, _ := a.structured["resource"].(string)
	if a.failed || !strings.HasSuffix(uri, "?company=acme") {
		t.Fatalf("got %+v", a)
	}
	if text, code, _ := anna.reads(uri); code != 0 || !strings.Contains(text, "VAT Standard 20%") {
		t.Errorf("anna reads %s, %v", text, code)
	}
	for who, read := range map[string]func() (string, float64, int){
		"another caller":  func() (string, float64, int) { return ben.reads(uri) },
		"another company": func() (string, float64, int) { return anna.reads(strings.Replace(uri, "acme", "harbour", 1)) },
	} {
		if text, code, status := read(); code != -32602 || status != http.StatusBadRequest || !strings.Contains(text, "there is no such file") {
			t.Errorf("%s reads %s, %v, %d", who, text, code, status)
		}
	}
	if path := a.structured["path"]; path != nil {
		t.Errorf("a caller of the endpoint is told of the path %v on this machine", path)
	}
	if files, err := os.ReadDir(saved); err != nil || len(files) > 0 {
		t.Errorf("callers of the endpoint wrote %v to a folder of this machine, error %v", files, err)
	}
	h.end()
}

// TestResourcesOfAKey finds that only what a key may read is listed, and that
// reading anything else is explained.
func TestResourcesOfAKey(t *testing.T) {
	t.Parallel()
	h := receptive(t, nil, "--sandbox", "--auth", "header")
	reader := h.by("X-Fiskl-Api-Key", "fsk_sandboxInvoiceOnly")
	if a := reader.told("get_context", `{}`); a.failed { // its permissions are known then
		t.Fatalf("got %+v", a)
	}
	listed := reader.post("resources/list", "", "").body + reader.post("resources/templates/list", "", "").body
	for uri, want := range map[string]bool{
		`"fiskl://company"`: true, `"fiskl://permissions"`: true, `"fiskl://invoices/{id}{?format}"`: true, `"fiskl://exports/{id}"`: true,
		`"fiskl://accounts"`: false, `"fiskl://vendors/{id}"`: false, `"fiskl://reports/`: false,
	} {
		if strings.Contains(listed, uri) != want {
			t.Errorf("%s is listed: %t, want %t, in %s", uri, !want, want, listed)
		}
	}
	text, code, _ := reader.reads("fiskl://accounts")
	if code != -32603 || !strings.Contains(text, "It lacks the permission accounting.read") {
		t.Errorf("got %v %s", code, text)
	}
	h.end()
}

// TestExportPath finds where a file is that has no copy, and how it begins.
func TestExportPath(t *testing.T) {
	t.Parallel()
	for _, mark := range []string{"", "\uFEFF"} {
		got := try(t, []string{"FISKL_STATE_DIR=" + t.TempDir()}, "", "call", "export_list", "--sandbox", "--json", "list=taxes", "format=csv", "--csv-bom="+strconv.FormatBool(mark != ""))
		var out struct {
			Path string `json:"path"`
		}
		if err := json.Unmarshal([]byte(got.out), &out); err != nil || got.code != exitOK {
			t.Fatalf("got %+v, error %v", got, err)
		}
		if b, err := os.ReadFile(out.Path); err != nil || !strings.HasPrefix(string(b), mark+"id,name,rate") {
			t.Errorf("%s begins with %.20q, error %v, want the mark %q and the columns", out.Path, b, err, mark)
		}
	}
}

// TestExportDir saves a copy of a file where the user wants it, and never in
// the place of another.
func TestExportDir(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for range 2 {
		if got := try(t, nil, "", "call", "export_list", "--sandbox", "list=taxes", "format=csv", "--export-dir", dir); got.code != exitOK || !strings.Contains(got.out, dir) {
			t.Errorf("got %+v", got)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "fiskl-harbour-finch-studio-ltd-sandbox-taxes*.csv"))
	if err != nil || len(files) != 2 {
		t.Errorf("the files are %v, error %v", files, err)
	}
	var out, log bytes.Buffer
	work := t.TempDir()
	code := run(t.Context(), environment{args: []string{"call", "export_list", "--sandbox", "list=taxes", "format=csv"}, state: t.TempDir(), work: work, now: present, in: strings.NewReader(""), out: &out, err: &log})
	if made, err := os.ReadDir(work); code != exitOK || err != nil || len(made) != 1 || !strings.Contains(out.String(), "saved_to\t\""+filepath.Join(work, made[0].Name())) {
		t.Errorf("in the folder one is in: %v, %v\n%s%s", made, err, &out, &log)
	}
	if got := try(t, nil, "", "call", "export_list", "--sandbox", "list=taxes", "--export-dir", "here"); got.code != exitUsage || !strings.Contains(got.err, "FISKL_EXPORT_DIR") {
		t.Errorf("got %+v", got)
	}
}
