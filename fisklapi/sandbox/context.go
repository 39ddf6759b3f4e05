package sandbox

import (
	"net/http"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
)

// contextOperations are what any key may do.
func contextOperations() []operation {
	return []operation{
		get("/v1/date-periods", "listDatePeriods", "", listDatePeriods),
		get("/v1/me/permissions", "getPermissions", "", getPermissions),
		post("/v1/feature-requests", "createFeatureRequest", "", createFeatureRequest),
	}
}

func listDatePeriods(c *call) (answer, error) {
	b, err := c.open()
	if err != nil {
		return answer{}, err
	}
	return encoded(http.StatusOK, b.DatePeriods()), nil
}

func getPermissions(c *call) (answer, error) { return encoded(http.StatusOK, c.key.Permissions), nil }

func createFeatureRequest(c *call) (answer, error) { return made(c, (*books.Books).RequestFeature) }
