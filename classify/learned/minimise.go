package learned

import "math"

// minimise moves x close to the minimum of f, by L-BFGS (Nocedal, "Updating Quasi-Newton Matrices
// with Limited Storage", 1980) with halving of the step. f returns the value at x and stores the
// gradient. It is meant for smooth convex functions of up to some hundred variables.
func minimise(x []float64, f func(x, gradient []float64) float64) {
	const history, most = 8, 200
	n := len(x)
	var moves, turns [][]float64
	gradient, before, trial := make([]float64, n), make([]float64, n), make([]float64, n)
	value := f(x, gradient)
	for range most {
		down := make([]float64, n)
		for i, g := range gradient {
			down[i] = -g
		}
		share := make([]float64, len(moves))
		for i := len(moves) - 1; i >= 0; i-- {
			share[i] = dot(moves[i], down) / dot(moves[i], turns[i])
			along(down, turns[i], -share[i])
		}
		if last := len(moves) - 1; last >= 0 {
			factor := dot(moves[last], turns[last]) / dot(turns[last], turns[last])
			for i := range down {
				down[i] *= factor
			}
		} else if size := math.Sqrt(dot(down, down)); size > 1 {
			for i := range down {
				down[i] /= size
			}
		}
		for i := range moves {
			along(down, moves[i], share[i]-dot(turns[i], down)/dot(moves[i], turns[i]))
		}
		slope := dot(gradient, down)
		if !(slope < 0) {
			return
		}
		copy(before, gradient)
		step, next := 1.0, 0.0
		for tries := 0; ; tries++ {
			copy(trial, x)
			along(trial, down, step)
			next = f(trial, gradient)
			if next <= value+1e-4*step*slope { // also false for NaN
				break
			}
			if tries == 30 {
				return
			}
			step /= 2
		}
		move, turn := make([]float64, n), make([]float64, n)
		for i := range x {
			move[i], turn[i] = trial[i]-x[i], gradient[i]-before[i]
		}
		copy(x, trial)
		if dot(move, turn) > 1e-12 {
			moves, turns = append(moves, move), append(turns, turn)
			if len(moves) > history {
				moves, turns = moves[1:], turns[1:]
			}
		}
		if value-next <= 1e-9*math.Abs(value) {
			return
		}
		value = next
	}
}

func dot(a, b []float64) (sum float64) {
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

// along adds factor times direction to x.
func along(x, direction []float64, factor float64) {
	for i, d := range direction {
		x[i] += factor * d
	}
}
