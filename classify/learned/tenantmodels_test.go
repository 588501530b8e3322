package learned_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/learned"
)

func TestModelsUsedLastStayInMemory(t *testing.T) {
	t.Parallel()
	model := written(t, trained(t, newOffice(1, 3, 0).tickets(300), nil))
	p, err := learned.NewTenantModels(nil, nil)
	require.NoError(t, err)
	require.NoError(t, p.Load("a", 1, model))
	each := p.CacheSizes()[0].Bytes

	p, err = learned.NewTenantModels(nil, &learned.Config{TenantBytes: 3 * each})
	require.NoError(t, err)
	ask := func(tenant helpdesk.TenantID) error {
		e := newOffice(2, 3, 0).ticket()
		r := asked(&e, names(3))
		r.Tenant = tenant
		_, err := p.Classify(t.Context(), r)
		return err
	}
	for i, tenant := range []helpdesk.TenantID{"a", "b", "c"} {
		require.NoError(t, p.Load(tenant, int64(i+1), model))
	}
	require.NoError(t, ask("a"))
	require.NoError(t, p.Load("d", 4, model))
	for tenant, want := range map[helpdesk.TenantID]int64{"a": 1, "b": 0, "c": 3, "d": 4, "e": 0} {
		require.Equal(t, want, p.Loaded(tenant), tenant)
	}
	require.ErrorIs(t, ask("b"), helpdesk.ErrAbstain)
	require.Equal(t, []helpdesk.CacheSize{{Name: "learned models", Values: 3, Bytes: 3 * each}}, p.CacheSizes())

	require.NoError(t, p.Load("a", 5, nil))
	require.Zero(t, p.Loaded("a"))
	_, err = learned.NewTenantModels(nil, &learned.Config{TenantBytes: -1})
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
}

// A Model counts the bytes that the garbage collector counts.
func TestModelsCountTheirBytes(t *testing.T) {
	model := written(t, trained(t, newOffice(1, 3, 0).tickets(300), nil))
	p, err := learned.NewTenantModels(nil, nil)
	require.NoError(t, err)
	heap := func() int64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := heap()
	for i := range 50 {
		require.NoError(t, p.Load(helpdesk.TenantID(fmt.Sprint(i)), 1, model))
	}
	require.InEpsilon(t, heap()-before, p.CacheSizes()[0].Bytes, 0.1)
	runtime.KeepAlive(p)
}
