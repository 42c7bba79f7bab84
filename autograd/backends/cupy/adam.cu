// One step of Adam for one parameter, in one pass over memory instead of a dozen.
// The formula, operation by operation, is that of the reference kernel `adam_step`.

template <typename T>
__global__ void adam_step(T* p, const T* g, T* exp_avg, T* exp_avg_sq, T* max_exp_avg_sq, long long size,
                          T step_size, T beta1, T beta2, T eps, T decay, T shrink, T sign) {
    const long long stride = (long long)gridDim.x * blockDim.x;
    for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < size; i += stride) {
        const T value = p[i] * shrink;
        const T gradient = sign * g[i] + decay * value;
        const T mean = exp_avg[i] + (gradient - exp_avg[i]) * (T(1) - beta1);
        const T square = exp_avg_sq[i] * beta2 + gradient * gradient * (T(1) - beta2);
        exp_avg[i] = mean;
        exp_avg_sq[i] = square;
        T largest = square;
        if (max_exp_avg_sq != nullptr) {
            // A comparison that keeps a NaN, as `maximum` does.
            largest = max_exp_avg_sq[i] >= square ? max_exp_avg_sq[i] : square;
            max_exp_avg_sq[i] = largest;
        }
        p[i] = value - mean / (sqrt(largest) + eps) * step_size;
    }
}
