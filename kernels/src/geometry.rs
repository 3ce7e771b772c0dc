//! How the pixels of a convolution's two sides meet: sizes, and which pixel reaches which.

/// A convolution between two stacks of pictures, channels last.
///
/// The *large* side is what a convolution reads and a transposed one writes, the *small* side the
/// other. Pixel `y` of the small side meets pixel `y · stride + k − padding` of the large side
/// through row `k` of the kernel; so for columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    /// Pictures.
    pub batch: usize,
    /// Height, width and channels.
    pub small: [usize; 3],
    /// Height, width and channels.
    pub large: [usize; 3],
    /// Height and width.
    pub kernel: [usize; 2],
    /// At least 1, in both directions.
    pub stride: usize,
    /// Rows and columns of zeros around the large side.
    pub padding: usize,
}

/// Where a product finds its numbers: the pixels of one side, each with the place it writes to.
#[derive(Debug)]
pub(super) struct Plan {
    /// For each pixel that is written: where its first tap is read in a padded picture, and where
    /// it lies in its own.
    pub(super) pixels: Vec<[usize; 2]>,
    /// For each tap: how far behind the first it is read.
    pub(super) taps: Vec<usize>,
    /// For each tap: its row and column in the kernel.
    pub(super) kernel: Vec<[usize; 2]>,
}

/// A picture with zeros around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// Rows above and columns before.
    before: usize,
    /// Height and width with the zeros.
    size: [usize; 2],
}

impl Geometry {
    /// Numbers in a picture.
    pub(super) fn volume([height, width, channels]: [usize; 3]) -> usize {
        height * width * channels
    }

    pub(super) fn taps(&self) -> usize {
        self.kernel[0] * self.kernel[1]
    }

    /// What a product that writes the small side reads.
    pub(super) fn large_frame(&self) -> Frame {
        let size = |axis: usize| {
            let reach = (self.small[axis] - 1) * self.stride + self.kernel[axis];
            reach.max(self.large[axis] + self.padding)
        };
        Frame {
            before: self.padding,
            size: [size(0), size(1)],
        }
    }

    /// What a product that writes the large side reads.
    pub(super) fn small_frame(&self) -> Frame {
        let largest = self.kernel[0].max(self.kernel[1]);
        let before = (largest - 1)
            .saturating_sub(self.padding)
            .div_ceil(self.stride);
        let size = |axis: usize| {
            let reach = (self.large[axis] - 1 + self.padding) / self.stride + 1;
            before + reach.max(self.small[axis])
        };
        Frame {
            before,
            size: [size(0), size(1)],
        }
    }

    /// Writes every pixel of the small side from the large one.
    pub(super) fn gather(&self) -> Plan {
        let pitch = self.large_frame().size[1];
        let [height, width, channels] = self.small;
        let depth = self.large[2];
        let pixels = grid(height, width)
            .map(|[y, x]| {
                let read = (y * self.stride * pitch + x * self.stride) * depth;
                [read, (y * width + x) * channels]
            })
            .collect();
        let kernel: Vec<_> = grid(self.kernel[0], self.kernel[1]).collect();
        Plan {
            pixels,
            taps: kernel
                .iter()
                .map(|[ky, kx]| (ky * pitch + kx) * depth)
                .collect(),
            kernel,
        }
    }

    /// Writes every pixel of the large side from the small one: a plan for each remainder of the
    /// stride, as pixels of one remainder meet the same taps.
    pub(super) fn scatter(&self) -> Vec<Plan> {
        grid(self.stride, self.stride)
            .map(|phase| self.scatter_phase(phase))
            .filter(|plan| !plan.pixels.is_empty())
            .collect()
    }

    fn scatter_phase(&self, phase: [usize; 2]) -> Plan {
        let frame = self.small_frame();
        let pitch = frame.size[1];
        let [height, width, channels] = self.large;
        let depth = self.small[2];
        // Row k reaches large row y from small row (y + padding − k) / stride.
        let meets = |axis: usize, k: usize| {
            (phase[axis] + self.padding + self.stride * self.kernel[axis])
                .wrapping_sub(k)
                .is_multiple_of(self.stride)
        };
        let mut kernel: Vec<_> = grid(self.kernel[0], self.kernel[1])
            .filter(|[ky, kx]| meets(0, *ky) && meets(1, *kx))
            .collect();
        // The tap that is read first is the kernel's last.
        kernel.reverse();
        let source = |at: usize, k: usize| {
            (at + self.padding + self.stride * frame.before - k) / self.stride
        };
        let place = |y: usize, x: usize, [ky, kx]: [usize; 2]| {
            (source(y, ky) * pitch + source(x, kx)) * depth
        };
        let first = kernel.first().copied().unwrap_or([0, 0]);
        let pixels = grid(height.saturating_sub(phase[0]).div_ceil(self.stride), {
            width.saturating_sub(phase[1]).div_ceil(self.stride)
        })
        .map(|[y, x]| {
            let [y, x] = [y * self.stride + phase[0], x * self.stride + phase[1]];
            let read = if kernel.is_empty() {
                0
            } else {
                place(y, x, first)
            };
            [read, (y * width + x) * channels]
        })
        .collect();
        let start = if kernel.is_empty() {
            0
        } else {
            place(phase[0], phase[1], first)
        };
        Plan {
            pixels,
            taps: kernel
                .iter()
                .map(|&tap| place(phase[0], phase[1], tap) - start)
                .collect(),
            kernel,
        }
    }
}

impl Frame {
    /// Numbers in a framed picture.
    pub(super) fn volume(&self, channels: usize) -> usize {
        self.size[0] * self.size[1] * channels
    }

    /// Copies a picture into its frame, whose zeros are there already.
    pub(super) fn fill(
        &self,
        picture: &[f32],
        [_, width, channels]: [usize; 3],
        framed: &mut [f32],
    ) {
        let pitch = self.size[1] * channels;
        let start = self.before * (pitch + channels);
        for (row, line) in picture.chunks_exact(width * channels).enumerate() {
            framed[start + row * pitch..][..line.len()].copy_from_slice(line);
        }
    }
}

/// Row by row.
fn grid(height: usize, width: usize) -> impl Iterator<Item = [usize; 2]> {
    (0..height).flat_map(move |y| (0..width).map(move |x| [y, x]))
}
