package learned

import "math"

// telling returns the weight of each term for one task. It grows with the rarity of the term in
// texts, and with the term's information about the labels. It is learned from the texts in rows
// alone.
//
// The second factor is the Kullback-Leibler divergence of the labels of texts with the term from
// those of all texts, with two texts of the usual mixture added, so that one chance find does not
// count as knowledge. Both factors are damped: with their full weight a few terms would carry
// everything.
func (t *task) telling(rows []int) []float32 {
	k := t.count + 1 // the last stands for no label
	df := make([]float64, len(t.terms))
	found := make([]float64, len(t.terms)*k)
	usual := make([]float64, k)
	for _, row := range rows {
		labels := t.labels[row]
		if len(labels) == 0 {
			labels = []int{t.count}
		}
		share := 1 / float64(len(labels))
		for _, c := range labels {
			usual[c] += share / float64(len(rows))
		}
		for _, n := range t.number[t.start[row]:t.start[row+1]] {
			df[n]++
			for _, c := range labels {
				found[int(n)*k+c] += share
			}
		}
	}
	scale := make([]float32, len(t.terms))
	for n := range scale {
		far := 0.0
		for c, u := range usual {
			if u > 0 {
				p := (found[n*k+c] + 2*u) / (df[n] + 2)
				if p > 0 {
					far += p * math.Log(p/u)
				}
			}
		}
		rare := math.Log(float64(1+len(rows))/(1+df[n])) + 1
		scale[n] = float32(math.Sqrt(rare) * math.Pow(0.05+max(far, 0), 0.4))
	}
	return scale
}

// values weighs the terms of all texts and brings each group of each text to its length.
func (t *texts) values(scale []float32, into []float32) []float32 {
	if into == nil {
		into = make([]float32, len(t.number))
	}
	for row := range t.len() {
		from, to := t.start[row], t.start[row+1]
		var square [groups]float32
		border := to
		for i := from; i < to; i++ {
			v := damped[t.weight[i]] * scale[t.number[i]]
			into[i] = v
			g := words
			if int(t.number[i]) >= t.vocabulary.words {
				g = pieces
				border = min(border, i)
			}
			square[g] += v * v
		}
		scaleBy(into[from:border], length(words, square[words]))
		scaleBy(into[border:to], length(pieces, square[pieces]))
	}
	return into
}

// length returns the factor that scales a group with this square of its length to its reach.
func length(group int, square float32) float32 {
	if square <= 0 {
		return 0
	}
	return reach[group] / float32(math.Sqrt(float64(square)))
}

func scaleBy(list []float32, factor float32) {
	for i := range list {
		list[i] *= factor
	}
}
