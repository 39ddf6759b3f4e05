package sandbox

import (
	"slices"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
)

func productOperations() []operation {
	return []operation{
		get("/v1/products", "listProducts", "product.read", listProducts),
		get("/v1/products/{id}", "getProduct", "product.read", getProduct),
		post("/v1/products", "createProduct", "product.write", createProduct),
		put("/v1/products/{id}", "updateProduct", "product.write", updateProduct),
	}
}

func listProducts(c *call) (answer, error) {
	archived, err := c.flag("includeArchived")
	if err != nil {
		return answer{}, err
	}
	b, err := c.open()
	if err != nil {
		return answer{}, err
	}
	search := c.query.Get("search")
	rows := slices.DeleteFunc(b.Products(), func(x books.Product) bool {
		return x.Archived && !archived || !contains(x.Name, search) && !contains(x.Description, search)
	})
	return list(c, rows, orders[books.Product]{
		"id":      by(func(x books.Product) int64 { return x.ID }),
		"name":    by(func(x books.Product) string { return x.Name }),
		"price":   by(func(x books.Product) books.Minor { return x.Price }),
		"created": byTime(func(x books.Product) time.Time { return x.Created }),
		"updated": byTime(func(x books.Product) time.Time { return x.Updated }),
	})
}

func getProduct(c *call) (answer, error) { return one(c, (*books.Books).Product) }

func createProduct(c *call) (answer, error) {
	return made(c, func(b *books.Books, in books.ProductInput) (books.Product, error) {
		return b.CreateProduct(c.key.actor, in)
	})
}

func updateProduct(c *call) (answer, error) {
	return changed(c, func(b *books.Books, id int64, in books.ProductInput) (books.Product, error) {
		return b.UpdateProduct(c.key.actor, id, in)
	})
}
