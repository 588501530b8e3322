package transfer_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/transfer"
)

func Example() {
	ctx := context.Background()
	desk, _ := helpdesk.New(memstore.New(), nil)
	file := `id,subject,status,customer_email,created_at,resolved_at,colour
1,Charged twice,solved,kim@example.com,2024-03-04,2024-03-05,red
2,No invoice,asleep,lee@example.com,2024-03-04,,
`
	result, err := transfer.Import(ctx, desk, strings.NewReader(file), &transfer.Config{Source: "old desk"})
	fmt.Println(result.Added, result.Failed, result.Ignored, err)
	for _, p := range result.Problems {
		fmt.Println(p)
	}
	page, _ := desk.Tickets(ctx, helpdesk.Query{})
	fmt.Println(page.Tickets[0].Status, page.Tickets[0].CreatedAt.Year())

	// The whole desk, for a desk elsewhere.
	var copied bytes.Buffer
	_ = transfer.Tenant(ctx, desk, &copied, nil)
	other := desk.ForTenant("copy")
	result, _ = transfer.Import(ctx, other, &copied, nil)
	fmt.Println(result.Format, result.Added)
	// Output:
	// 1 1 map[colour:1] <nil>
	// line 3, ticket 2: status "asleep" is not known: translate it by Statuses
	// resolved 2024
	// desk 1
}
