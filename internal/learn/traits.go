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
	paid, part, unpaid  int // in full, in part, nothing
	late, early         int // with a balance: past due and not
	owed, sent, strange int
}

func (s *session) traits(rows []*dialect.Node, owing map[string]bool) traits {
	var t traits
	today := s.now.Format(isoDay)
	for _, row := range rows {
		total, okTotal := amount(row, "total")
		left, okLeft := amount(row, "outstanding")
		paid, okPaid := amount(row, "paid")
		switch {
		case !okTotal || !okLeft || !okPaid || total <= 0:
			t.strange++
			continue
		case left == 0:
			t.paid++
		case paid > 0:
			t.part++
		default:
			t.unpaid++
		}
		if due := text(row, "dueDate"); left != 0 && due != "" && due < today {
			t.late++
		} else if left != 0 {
			t.early++
		}
		if owing["id "+text(row, "id")] || owing["number "+text(row, "number")] {
			t.owed++
		}
		if text(row, "sentAt") != "" {
			t.sent++
		}
	}
	return t
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
	case t.late == n && (!told || t.owed == n):
		return late(told)
	case told && t.owed == n && t.part == 0:
		return []string{"Sent"}
	case told && t.owed == 0 && t.part == 0 && t.sent == n:
		return []string{"Rejected"}
	case told && t.owed == 0 && t.part == 0 && t.sent > 0:
		return []string{"Rejected", "Draft"}
	case told && t.owed == 0 && t.part == 0:
		return []string{"Draft", "Rejected"}
	default:
		return []string{"Draft", "Sent", "Rejected"}
	}
}

// late are the statuses of invoices that are all past due. A draft may be past
// due, too, so the report of what is owed has to tell.
func late(told bool) []string {
	if told {
		return []string{"Overdue"}
	}
	return []string{"Overdue", "Draft", "Rejected"}
}
