package learn

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// owing are the invoices in the report of what clients owe. told is false where
// it does not show single invoices.
func (s *session) owing() (all map[string]bool, told bool) {
	all = make(map[string]bool)
	for _, report := range s.readings[fisklapi.OpGetReceivablesAging].rows() {
		rows := report.Get("rows")
		if rows == nil {
			continue
		}
		for i := range rows.Items {
			documents := rows.Items[i].Get("documents")
			if documents == nil {
				continue
			}
			for k := range documents.Items {
				all["id "+text(&documents.Items[k], "id")] = true
				all["number "+text(&documents.Items[k], "number")] = true
			}
		}
	}
	return all, len(all) > 0
}

// traits are what is true of invoices of one status.
type traits struct {
	paid, part, unpaid int // in full, in part, nothing
	late, early        int // with a balance: past due and not
	owed, sent         int
}

func (s *session) traits(rows []*dialect.Node, owing map[string]bool) traits {
	var t traits
	today := s.now.Format(isoDay)
	for _, row := range rows {
		total, okTotal := amount(row, "total")
		left, okLeft := amount(row, "outstanding")
		paid, okPaid := amount(row, "paid")
		if !okTotal || !okLeft || !okPaid || total <= 0 {
			continue
		}
		t.pay(left, paid, total)
		t.fall(left, text(row, "dueDate"), today)
		t.owed += one(owing["id "+text(row, "id")] || owing["number "+text(row, "number")])
		t.sent += one(text(row, "sentAt") != "")
	}
	return t
}

// pay counts how much of an invoice was paid. Of one that was called off
// nothing is left to pay, and nothing was paid.
func (t *traits) pay(left, paid, total int64) {
	switch {
	case left == 0 && paid >= total:
		t.paid++
	case paid > 0:
		t.part++
	default:
		t.unpaid++
	}
}

// fall counts what is left to pay by whether it is past due.
func (t *traits) fall(left int64, due, today string) {
	switch {
	case left == 0:
	case due != "" && due < today:
		t.late++
	default:
		t.early++
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// canBe are the statuses that invoices like these can have.
func (s *session) canBe(rows []*dialect.Node, owing map[string]bool, told bool) []string {
	t := s.traits(rows, owing)
	n := t.paid + t.part + t.unpaid
	switch {
	case n == 0:
		return nil
	case t.paid == n:
		return []string{"Paid"}
	case t.paid > 0:
		return nil
	case t.part == n && t.early > 0:
		return []string{"Partial"}
	case t.part == n:
		return []string{"Partial", "Overdue"}
	default:
		return t.open(n, told)
	}
}

// open are the statuses of invoices of which not all were paid at all.
func (t traits) open(n int, told bool) []string {
	switch {
	case t.late == n && !told:
		return []string{"Overdue", "Draft", "Rejected"} // a draft may be past due, too
	case t.late == n && t.owed == n:
		return []string{"Overdue"}
	case !told || t.mixed(n):
		return []string{"Draft", "Sent", "Rejected"}
	case t.owed == n:
		return []string{"Sent"}
	case t.sent == n:
		return []string{"Rejected"}
	default:
		return []string{"Draft", "Rejected"}
	}
}

// mixed reports invoices of which some are owed and others not, or some are paid
// in part.
func (t traits) mixed(n int) bool { return t.part > 0 || t.owed > 0 && t.owed < n }
