package credential

import (
	"encoding/json"
	"testing"
)

// TestCompanyInFiles has a number written as a number: the header of a file that an earlier version made is authenticated
// as that version wrote it.
func TestCompanyInFiles(t *testing.T) {
	t.Parallel()
	for id, want := range map[companyID]string{
		"":                 `{"version":1,"id":"","name":"","base_url":"","kind":"","key_in":"","key_id":""}`,
		"501":              `{"version":1,"id":"","name":"","base_url":"","kind":"","key_in":"","company_id":501,"key_id":""}`,
		"9007199254740993": `{"version":1,"id":"","name":"","base_url":"","kind":"","key_in":"","company_id":9007199254740993,"key_id":""}`,
		"a-1":              `{"version":1,"id":"","name":"","base_url":"","kind":"","key_in":"","company_id":"a-1","key_id":""}`,
	} {
		b, err := json.Marshal(Header{Version: 1, CompanyID: id})
		if err != nil || string(b) != want {
			t.Errorf("got %s and error %v, want %s", b, err, want)
		}
		var back Header
		if err := json.Unmarshal(b, &back); err != nil || back.CompanyID != id {
			t.Errorf("got %+v and error %v, want company %v", back, err, id)
		}
	}
}
