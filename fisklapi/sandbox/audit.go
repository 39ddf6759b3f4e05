package sandbox

import (
	"net/http"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

func auditOperations() []operation {
	return []operation{
		get("/v1/audit", "listChanges", "audit.read", listChanges),
		get("/v1/audit/{type}/{id}", "getRecordHistory", "audit.read", getRecordHistory),
	}
}

// listChanges answers the company-wide feed, newest first. Days are days in the company's time zone.
func listChanges(c *call) (answer, error) {
	start, end, err := c.dates()
	if err != nil {
		return answer{}, err
	}
	kind, err := auditedKind(c.query.Get("type"))
	if err != nil {
		return answer{}, err
	}
	b, err := c.open()
	if err != nil {
		return answer{}, err
	}
	rows := slices.DeleteFunc(b.Changes(), func(x books.Change) bool {
		day := ledger.DateOf(x.At.In(b.Zone()))
		return kind != "" && x.Type != kind || start != "" && day < start || end != "" && day > end
	})
	return list(c, rows, orders[books.Change]{
		"id": by(func(x books.Change) int64 { return x.ID }),
		"at": by(func(x books.Change) int64 { return x.At.Unix() }),
	})
}

// getRecordHistory answers everything that happened to one record, newest first.
func getRecordHistory(c *call) (answer, error) {
	kind, err := auditedKind(c.path("type"))
	if err != nil {
		return answer{}, err
	}
	return one(c, func(b *books.Books, id int64) ([]books.Change, error) {
		rows := slices.DeleteFunc(b.Changes(), func(x books.Change) bool { return x.Type != kind || x.RecordID != id })
		if len(rows) == 0 {
			return nil, &books.NotFoundError{Kind: kind, ID: id}
		}
		return rows, nil
	})
}

func auditedKind(word string) (string, error) {
	if word == "" {
		return "", nil
	}
	for _, kind := range books.AuditedKinds() {
		if strings.EqualFold(kind, word) {
			return kind, nil
		}
	}
	return "", problem(http.StatusBadRequest, "type: %q is none of %s", word, strings.Join(books.AuditedKinds(), ", "))
}
