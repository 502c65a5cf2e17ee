// Two products for amd64 processors with AVX2 and FMA. The loops are the ones
// of kernel.go (mul4x16, mul1x16), eight numbers at a time.

#include "textflag.h"

// func fma4x16(k int, a *float32, aRow, aStep uintptr, b *float32, c *float32, cRow uintptr)
//
// Y0 to Y7 hold c, 4 rows of 16; each step multiplies a row of b by a column of a.
// aRow, aStep and cRow are in bytes.
TEXT ·fma4x16(SB), NOSPLIT, $0-56
	MOVQ k+0(FP), CX
	MOVQ a+8(FP), SI
	MOVQ aRow+16(FP), R8
	MOVQ aStep+24(FP), R9
	MOVQ b+32(FP), DX
	MOVQ c+40(FP), DI
	MOVQ cRow+48(FP), R10
	LEAQ (SI)(R8*2), R11
	LEAQ (DI)(R10*2), R12
	VMOVUPS (DI), Y0
	VMOVUPS 32(DI), Y1
	VMOVUPS (DI)(R10*1), Y2
	VMOVUPS 32(DI)(R10*1), Y3
	VMOVUPS (R12), Y4
	VMOVUPS 32(R12), Y5
	VMOVUPS (R12)(R10*1), Y6
	VMOVUPS 32(R12)(R10*1), Y7
	TESTQ CX, CX
	JZ done
loop:
	VMOVUPS (DX), Y8
	VMOVUPS 32(DX), Y9
	VBROADCASTSS (SI), Y10
	VBROADCASTSS (SI)(R8*1), Y11
	VBROADCASTSS (R11), Y12
	VBROADCASTSS (R11)(R8*1), Y13
	VFMADD231PS Y8, Y10, Y0
	VFMADD231PS Y9, Y10, Y1
	VFMADD231PS Y8, Y11, Y2
	VFMADD231PS Y9, Y11, Y3
	VFMADD231PS Y8, Y12, Y4
	VFMADD231PS Y9, Y12, Y5
	VFMADD231PS Y8, Y13, Y6
	VFMADD231PS Y9, Y13, Y7
	ADDQ R9, SI
	ADDQ R9, R11
	ADDQ $64, DX
	DECQ CX
	JNZ loop
done:
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	VMOVUPS Y2, (DI)(R10*1)
	VMOVUPS Y3, 32(DI)(R10*1)
	VMOVUPS Y4, (R12)
	VMOVUPS Y5, 32(R12)
	VMOVUPS Y6, (R12)(R10*1)
	VMOVUPS Y7, 32(R12)(R10*1)
	VZEROUPPER
	RET

// func fma1x16(k int, a *float32, aStep uintptr, b *float32, c *float32)
//
// Four steps at a time, each into sums of its own (Y0-Y1, Y2-Y3, Y4-Y5, Y6-Y7),
// so that no sum waits for the one before it.
TEXT ·fma1x16(SB), NOSPLIT, $0-40
	MOVQ k+0(FP), CX
	MOVQ a+8(FP), SI
	MOVQ aStep+16(FP), R9
	MOVQ b+24(FP), DX
	MOVQ c+32(FP), DI
	VMOVUPS (DI), Y0
	VMOVUPS 32(DI), Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	LEAQ (R9)(R9*2), R10
	SUBQ $4, CX
	JLT tail
loop4:
	VBROADCASTSS (SI), Y8
	VBROADCASTSS (SI)(R9*1), Y9
	VBROADCASTSS (SI)(R9*2), Y10
	VBROADCASTSS (SI)(R10*1), Y11
	VFMADD231PS (DX), Y8, Y0
	VFMADD231PS 32(DX), Y8, Y1
	VFMADD231PS 64(DX), Y9, Y2
	VFMADD231PS 96(DX), Y9, Y3
	VFMADD231PS 128(DX), Y10, Y4
	VFMADD231PS 160(DX), Y10, Y5
	VFMADD231PS 192(DX), Y11, Y6
	VFMADD231PS 224(DX), Y11, Y7
	LEAQ (SI)(R9*4), SI
	ADDQ $256, DX
	SUBQ $4, CX
	JGE loop4
tail:
	ADDQ $4, CX
	JZ done
loop1:
	VBROADCASTSS (SI), Y8
	VFMADD231PS (DX), Y8, Y0
	VFMADD231PS 32(DX), Y8, Y1
	ADDQ R9, SI
	ADDQ $64, DX
	DECQ CX
	JNZ loop1
done:
	VADDPS Y2, Y0, Y0
	VADDPS Y3, Y1, Y1
	VADDPS Y6, Y4, Y4
	VADDPS Y7, Y5, Y5
	VADDPS Y4, Y0, Y0
	VADDPS Y5, Y1, Y1
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	VZEROUPPER
	RET

// The constants of kernel.go's tanh, eight times each.
DATA curve<>+0(SB)/4, $0x40fccccd // the largest x
DATA curve<>+4(SB)/4, $0x40fccccd
DATA curve<>+8(SB)/4, $0x40fccccd
DATA curve<>+12(SB)/4, $0x40fccccd
DATA curve<>+16(SB)/4, $0x40fccccd
DATA curve<>+20(SB)/4, $0x40fccccd
DATA curve<>+24(SB)/4, $0x40fccccd
DATA curve<>+28(SB)/4, $0x40fccccd
DATA curve<>+32(SB)/4, $0xc0fccccd // the smallest
DATA curve<>+36(SB)/4, $0xc0fccccd
DATA curve<>+40(SB)/4, $0xc0fccccd
DATA curve<>+44(SB)/4, $0xc0fccccd
DATA curve<>+48(SB)/4, $0xc0fccccd
DATA curve<>+52(SB)/4, $0xc0fccccd
DATA curve<>+56(SB)/4, $0xc0fccccd
DATA curve<>+60(SB)/4, $0xc0fccccd
DATA curve<>+64(SB)/4, $0xa59f25c0 // -2.7607684e-16
DATA curve<>+68(SB)/4, $0xa59f25c0
DATA curve<>+72(SB)/4, $0xa59f25c0
DATA curve<>+76(SB)/4, $0xa59f25c0
DATA curve<>+80(SB)/4, $0xa59f25c0
DATA curve<>+84(SB)/4, $0xa59f25c0
DATA curve<>+88(SB)/4, $0xa59f25c0
DATA curve<>+92(SB)/4, $0xa59f25c0
DATA curve<>+96(SB)/4, $0x2a61337e // 2.000188e-13
DATA curve<>+100(SB)/4, $0x2a61337e
DATA curve<>+104(SB)/4, $0x2a61337e
DATA curve<>+108(SB)/4, $0x2a61337e
DATA curve<>+112(SB)/4, $0x2a61337e
DATA curve<>+116(SB)/4, $0x2a61337e
DATA curve<>+120(SB)/4, $0x2a61337e
DATA curve<>+124(SB)/4, $0x2a61337e
DATA curve<>+128(SB)/4, $0xaebd37ff // -8.604672e-11
DATA curve<>+132(SB)/4, $0xaebd37ff
DATA curve<>+136(SB)/4, $0xaebd37ff
DATA curve<>+140(SB)/4, $0xaebd37ff
DATA curve<>+144(SB)/4, $0xaebd37ff
DATA curve<>+148(SB)/4, $0xaebd37ff
DATA curve<>+152(SB)/4, $0xaebd37ff
DATA curve<>+156(SB)/4, $0xaebd37ff
DATA curve<>+160(SB)/4, $0x335c0041 // 5.1222973e-08
DATA curve<>+164(SB)/4, $0x335c0041
DATA curve<>+168(SB)/4, $0x335c0041
DATA curve<>+172(SB)/4, $0x335c0041
DATA curve<>+176(SB)/4, $0x335c0041
DATA curve<>+180(SB)/4, $0x335c0041
DATA curve<>+184(SB)/4, $0x335c0041
DATA curve<>+188(SB)/4, $0x335c0041
DATA curve<>+192(SB)/4, $0x3779434a // 1.48572235e-05
DATA curve<>+196(SB)/4, $0x3779434a
DATA curve<>+200(SB)/4, $0x3779434a
DATA curve<>+204(SB)/4, $0x3779434a
DATA curve<>+208(SB)/4, $0x3779434a
DATA curve<>+212(SB)/4, $0x3779434a
DATA curve<>+216(SB)/4, $0x3779434a
DATA curve<>+220(SB)/4, $0x3779434a
DATA curve<>+224(SB)/4, $0x3a270ded // 0.00063726195
DATA curve<>+228(SB)/4, $0x3a270ded
DATA curve<>+232(SB)/4, $0x3a270ded
DATA curve<>+236(SB)/4, $0x3a270ded
DATA curve<>+240(SB)/4, $0x3a270ded
DATA curve<>+244(SB)/4, $0x3a270ded
DATA curve<>+248(SB)/4, $0x3a270ded
DATA curve<>+252(SB)/4, $0x3a270ded
DATA curve<>+256(SB)/4, $0x3ba059dc // 0.0048935246
DATA curve<>+260(SB)/4, $0x3ba059dc
DATA curve<>+264(SB)/4, $0x3ba059dc
DATA curve<>+268(SB)/4, $0x3ba059dc
DATA curve<>+272(SB)/4, $0x3ba059dc
DATA curve<>+276(SB)/4, $0x3ba059dc
DATA curve<>+280(SB)/4, $0x3ba059dc
DATA curve<>+284(SB)/4, $0x3ba059dc
DATA curve<>+288(SB)/4, $0x35a0d3d8 // 1.1982584e-06
DATA curve<>+292(SB)/4, $0x35a0d3d8
DATA curve<>+296(SB)/4, $0x35a0d3d8
DATA curve<>+300(SB)/4, $0x35a0d3d8
DATA curve<>+304(SB)/4, $0x35a0d3d8
DATA curve<>+308(SB)/4, $0x35a0d3d8
DATA curve<>+312(SB)/4, $0x35a0d3d8
DATA curve<>+316(SB)/4, $0x35a0d3d8
DATA curve<>+320(SB)/4, $0x38f895d6 // 0.00011853471
DATA curve<>+324(SB)/4, $0x38f895d6
DATA curve<>+328(SB)/4, $0x38f895d6
DATA curve<>+332(SB)/4, $0x38f895d6
DATA curve<>+336(SB)/4, $0x38f895d6
DATA curve<>+340(SB)/4, $0x38f895d6
DATA curve<>+344(SB)/4, $0x38f895d6
DATA curve<>+348(SB)/4, $0x38f895d6
DATA curve<>+352(SB)/4, $0x3b14aa05 // 0.0022684347
DATA curve<>+356(SB)/4, $0x3b14aa05
DATA curve<>+360(SB)/4, $0x3b14aa05
DATA curve<>+364(SB)/4, $0x3b14aa05
DATA curve<>+368(SB)/4, $0x3b14aa05
DATA curve<>+372(SB)/4, $0x3b14aa05
DATA curve<>+376(SB)/4, $0x3b14aa05
DATA curve<>+380(SB)/4, $0x3b14aa05
DATA curve<>+384(SB)/4, $0x3ba059dd // 0.004893525
DATA curve<>+388(SB)/4, $0x3ba059dd
DATA curve<>+392(SB)/4, $0x3ba059dd
DATA curve<>+396(SB)/4, $0x3ba059dd
DATA curve<>+400(SB)/4, $0x3ba059dd
DATA curve<>+404(SB)/4, $0x3ba059dd
DATA curve<>+408(SB)/4, $0x3ba059dd
DATA curve<>+412(SB)/4, $0x3ba059dd
GLOBL curve<>(SB), RODATA|NOPTR, $416

// func tanh8(n int, x *float32)
//
// x = tanh(x) for n numbers, a multiple of 8, by the steps and in the order of
// kernel.go's tanh, without fused operations, so that both give the same bits.
TEXT ·tanh8(SB), NOSPLIT, $0-16
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), DI
	SHRQ $3, CX
	JZ done
loop:
	VMOVUPS (DI), Y0
	VMINPS curve<>+0(SB), Y0, Y0
	VMAXPS curve<>+32(SB), Y0, Y0
	VMULPS Y0, Y0, Y1
	VMULPS curve<>+64(SB), Y1, Y2
	VMULPS curve<>+288(SB), Y1, Y3
	VADDPS curve<>+96(SB), Y2, Y2
	VADDPS curve<>+320(SB), Y3, Y3
	VMULPS Y1, Y2, Y2
	VMULPS Y1, Y3, Y3
	VADDPS curve<>+128(SB), Y2, Y2
	VADDPS curve<>+352(SB), Y3, Y3
	VMULPS Y1, Y2, Y2
	VMULPS Y1, Y3, Y3
	VADDPS curve<>+160(SB), Y2, Y2
	VADDPS curve<>+384(SB), Y3, Y3
	VMULPS Y1, Y2, Y2
	VADDPS curve<>+192(SB), Y2, Y2
	VMULPS Y1, Y2, Y2
	VADDPS curve<>+224(SB), Y2, Y2
	VMULPS Y1, Y2, Y2
	VADDPS curve<>+256(SB), Y2, Y2
	VMULPS Y2, Y0, Y2
	VDIVPS Y3, Y2, Y2
	VMOVUPS Y2, (DI)
	ADDQ $32, DI
	DECQ CX
	JNZ loop
done:
	VZEROUPPER
	RET
