package schemas_test

import (
	"encoding/json"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestIDJSON writes ids as texts and reads them as texts or whole numbers.
func TestIDJSON(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		`1024`: `"1024"`, `"1024"`: `"1024"`, `9007199254740993`: `"9007199254740993"`, `null`: `""`, `""`: `""`, `0`: `""`,
		`"9b2d8f5e-0c1a-4e7b-9d3f-2a6c4b8e1f70"`: `"9b2d8f5e-0c1a-4e7b-9d3f-2a6c4b8e1f70"`, `"null"`: `"null"`,
	} {
		var id schemas.ID
		if err := json.Unmarshal([]byte(given), &id); err != nil {
			t.Errorf("%s: %v", given, err)
		}
		if got, err := json.Marshal(id); err != nil || string(got) != want {
			t.Errorf("%s: got %s and error %v, want %s", given, got, err, want)
		}
	}
	for _, given := range []string{`1.5`, `1e3`, `true`, `{}`, `[]`, `"a b"`, `"<b>"`} {
		var id schemas.ID
		if err := json.Unmarshal([]byte(given), &id); err == nil {
			t.Errorf("%s: got %q, want it refused", given, id)
		}
	}
}

// TestParseID takes what was shown as an id, and no number that was calculated.
func TestParseID(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]schemas.ID{"7": "7", "\t8": "8", "INV-0001": "INV-0001", "9007199254740993": "9007199254740993", "a.b:c_d": "a.b:c_d"} {
		if got, err := schemas.ParseID(given); err != nil || got != want {
			t.Errorf("%q: got %q and error %v", given, got, err)
		}
	}
	for _, given := range []string{"", " ", "0", "-1", "1.5", "-1.5", "1e+21", "../1", "a/b", "a b", "."} {
		if got, err := schemas.ParseID(given); err == nil {
			t.Errorf("%q: got %q, want it refused", given, got)
		}
	}
}

// TestDistinctIDs tells ids that no name looks like from the others.
func TestDistinctIDs(t *testing.T) {
	t.Parallel()
	for id, want := range map[schemas.ID]bool{
		"7": true, "9007199254740993": true, "9B2D8F5E-0c1a-4e7b-9d3f-2a6c4b8e1f70": true,
		"": false, "0": false, "007": false, "-7": false, "INV-7": false, "9b2d8f5e0c1a4e7b9d3f2a6c4b8e1f70": false, "9b2d8f5e-0c1a-4e7b-9d3f-2a6c4b8e1f7g": false,
	} {
		if got := id.Distinct(); got != want {
			t.Errorf("%q: got %v", id, got)
		}
	}
}

// TestIDIs compares ids with callers' words: the case counts but in UUIDs.
func TestIDIs(t *testing.T) {
	t.Parallel()
	const id = schemas.ID("9b2d8f5e-0c1a-4e7b-9d3f-2a6c4b8e1f70")
	if !id.Is(" 9B2D8F5E-0C1A-4E7B-9D3F-2A6C4B8E1F70") || id.Is("9b2d8f5e") || !schemas.ID("a1").Is("a1") || schemas.ID("a1").Is("A1") || schemas.ID("").Is("") {
		t.Error("an id is taken for another, or not for itself")
	}
}

// TestIDSchema describes ids as texts.
func TestIDSchema(t *testing.T) {
	t.Parallel()
	var got struct {
		Properties map[string]struct {
			Type string `json:"type"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(schemas.Output[schemas.Invoice](), &got); err != nil || got.Properties["id"].Type != "string" || got.Properties["client_id"].Type != "string" {
		t.Errorf("got %+v and error %v", got.Properties["id"], err)
	}
}
