"""Fourier transforms; NumPy is the reference."""

import numpy as np

from tests.ops.cases import Row, draw

COMPLEX = draw(values=np.exp(1j * np.arange(24.0)).reshape(2, 3, 4) * np.arange(1.0, 25.0).reshape(2, 3, 4) / 10)
HALF = draw(values=np.exp(1j * np.arange(12.0)).reshape(3, 4))

ROWS = [
    *(
        Row(
            "fft_complex",
            (COMPLEX,),
            {"axes": axes, "norm": norm, "inverse": inverse},
            lambda x, axes=axes, norm=norm, inverse=inverse: (np.fft.ifftn if inverse else np.fft.fftn)(
                x, axes=axes, norm=norm
            ),
            strict=False,
            half=False,
            label=f"{axes}-{norm}{'-inverse' if inverse else ''}",
        )
        for axes, norm, inverse in (((2,), "backward", False), ((0, 1), "ortho", True), ((1, 2), "forward", True))
    ),
    *(
        Row(
            "fft_real",
            (draw(3, size),),
            {"axis": 1, "norm": norm},
            lambda x, norm=norm: np.fft.rfft(x, axis=1, norm=norm),
            strict=False,
            half=False,
            label=f"{size}-{norm}",
        )
        for size, norm in ((5, "backward"), (6, "ortho"), (6, "forward"))
    ),
    *(
        Row(
            "fft_to_real",
            (HALF,),
            {"axis": 1, "size": size, "norm": norm},
            lambda x, size=size, norm=norm: np.fft.irfft(x, size, axis=1, norm=norm),
            strict=False,
            half=False,
            label=f"{size}-{norm}",
        )
        for size, norm in ((6, "backward"), (7, "ortho"), (7, "forward"))
    ),
]
