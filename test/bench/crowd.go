package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// crowded is a company with so many clients that their list has many pages, and
// in all else the API behind it.
func crowded(api http.Handler, clients int) http.Handler {
	all := make([]map[string]any, 0, clients)
	for i := range clients {
		all = append(all, map[string]any{
			"id": 100_000 + i, "name": fmt.Sprintf("Client %04d Ltd", i+1), "email": fmt.Sprintf("accounts@client%04d.example", i+1),
			"phone": fmt.Sprintf("+44 20 7946 %04d", i), "address": fmt.Sprintf("%d High Street, London", i+1), "country": "GB", "currency": "GBP",
			"archived": false, "created": "2026-01-05T09:30:00Z", "updated": "2026-01-05T09:30:00Z",
		})
	}
	mux := http.NewServeMux()
	mux.Handle("/", api)
	mux.HandleFunc("GET /v1/clients", func(w http.ResponseWriter, r *http.Request) {
		size := min(numbered(r, "size", 20), 100)
		from := min(numbered(r, "page", 0)*size, len(all))
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(all[from:min(from+size, len(all))]) // a client that went away measures nothing
	})
	return mux
}

// numbered is a number of the query, or what counts when there is none.
func numbered(r *http.Request, name string, otherwise int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil || n < 0 {
		return otherwise
	}
	return n
}
