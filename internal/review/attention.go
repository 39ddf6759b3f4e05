package review

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// firstFindings is how many findings are shown to begin with, with one record
// each.
const firstFindings = 5

// Attention reviews last month and tells what to look at first.
func (r Reviewer) Attention(ctx context.Context) (schemas.Attention, error) {
	books, err := r.books(ctx, schemas.ReviewArgs{})
	if err != nil {
		return schemas.Attention{}, err
	}
	found, _, skipped := run(books)
	out := schemas.Attention{
		Range: books.Period, AsOf: books.Today, Currency: books.Currency, First: []schemas.Finding{}, Skipped: skipped,
		Complete: complete(schemas.ReviewArgs{}, skipped),
		Next:     next("review_books", "start", string(books.Period.Start), "end", string(books.Period.End)),
	}
	for _, f := range found {
		switch f.Severity {
		case schemas.SeverityHigh:
			out.High++
		case schemas.SeverityMedium:
			out.Medium++
		default:
			out.Low++
		}
		if len(out.First) < firstFindings {
			f.More += len(f.Evidence) - 1
			f.Evidence = f.Evidence[:1]
			out.First = append(out.First, f)
		}
	}
	return out, nil
}
