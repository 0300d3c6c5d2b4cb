#ifndef CTENSORS_POLYNOMIALS_H
#define CTENSORS_POLYNOMIALS_H

// Coefficients that all bodies share, lowest power first. They are minimax fits of our own
// (weighted least squares, reweighted until the error is level, in which each coefficient is
// rounded to float32 before the next one is fitted).

// exp(x) = 2^n · exp(r), n the integer nearest to x·log2(e), |r| ≤ ln(2)/2.
#define CTENSORS_LOG2_E 0x1.715476p+0f
// ln(2) in two parts; n times the first is exact.
#define CTENSORS_LN2_HIGH 0x1.62e4p-1f
#define CTENSORS_LN2_LOW 0x1.7f7d1cp-20f
// Added to a number below 2^22, this leaves the nearest integer in the low bits.
#define CTENSORS_ROUNDER 0x1.8p23f
// From here on exp(x) is zero or infinite in float32.
#define CTENSORS_EXP_LOWEST -104.0f
#define CTENSORS_EXP_HIGHEST 89.0f
// exp(r), relative error 3.2e-9.
static const float ctensors_exp[7] = {
  0x1p+0f,         0x1p+0f,         0x1.fffffcp-2f,  0x1.555492p-3f,
  0x1.5558aap-5f,  0x1.12396cp-7f,  0x1.6a5232p-10f,
};

// log(1 + f) = f − f²/2 + f³·q(f), √½ ≤ 1 + f < √2; relative error 5.9e-9.
static const float ctensors_log[8] = {
  0x1.555554p-2f,  -0x1.000226p-2f, 0x1.99a01cp-3f,  -0x1.54728ap-3f,
  0x1.22d930p-3f,  -0x1.0d8246p-3f, 0x1.055eaep-3f,  -0x1.38c974p-4f,
};

// Φ(−x) = exp(−x²/2) · p(x)/q(x), 0 ≤ x; relative error 1.6e-8. At the end it is zero in float32.
#define CTENSORS_NORMAL_END 15.0f
static const float ctensors_normal_p[5] = {
  0x1p-1f, 0x1.c04e6cp-2f, 0x1.76704ap-3f, 0x1.4baa30p-5f, 0x1.0c2126p-8f,
};
static const float ctensors_normal_q[6] = {
  0x1p+0f,        0x1.ac6964p+0f, 0x1.336e88p+0f,
  0x1.dfa2f2p-2f, 0x1.9fb4eap-4f, 0x1.500beap-7f,
};

#endif
