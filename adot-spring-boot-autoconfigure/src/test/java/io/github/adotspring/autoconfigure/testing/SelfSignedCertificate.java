package io.github.adotspring.autoconfigure.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that nobody trusts unless told to. The JDK has no public way to make one,
 * so it is written out here, in the little of X.509 that TLS needs.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1">RFC 5280</a>
 */
public final class SelfSignedCertificate {

	private static final char[] NO_PASSWORD = new char[0];

	private static final int SEQUENCE = 0x30;

	private static final int SET = 0x31;

	private static final int INTEGER = 0x02;

	private static final int BIT_STRING = 0x03;

	private static final int OCTET_STRING = 0x04;

	private static final int OBJECT_ID = 0x06;

	private static final int UTF8_STRING = 0x0c;

	private static final int UTC_TIME = 0x17;

	private static final byte[] ECDSA_WITH_SHA256 = der(SEQUENCE,
			der(OBJECT_ID, bytes(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)));

	private static final byte[] COMMON_NAME = der(OBJECT_ID, bytes(0x55, 0x04, 0x03));

	private static final byte[] SUBJECT_ALTERNATIVE_NAME = der(OBJECT_ID, bytes(0x55, 0x1d, 0x11));

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final KeyPair keys;

	private final Certificate certificate;

	private SelfSignedCertificate(String host, byte[] address) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(256);
			this.keys = generator.generateKeyPair();
			this.certificate = CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(encode(host, address)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * For this machine.
	 */
	public static SelfSignedCertificate ofThisMachine() {
		return new SelfSignedCertificate("localhost", bytes(127, 0, 0, 1));
	}

	/**
	 * For another host than this machine.
	 */
	public static SelfSignedCertificate of(String host) {
		return new SelfSignedCertificate(host, bytes(192, 0, 2, 1));
	}

	/**
	 * What a server that has it listens with.
	 */
	SSLContext serverContext() {
		try {
			KeyStore store = emptyStore();
			store.setKeyEntry("server", this.keys.getPrivate(), NO_PASSWORD, new Certificate[] { this.certificate });
			KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			managers.init(store, NO_PASSWORD);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(managers.getKeyManagers(), null, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a client that trusts it, and nothing else, connects with.
	 */
	public SSLContext clientContext() {
		try {
			KeyStore store = emptyStore();
			store.setCertificateEntry("server", this.certificate);
			TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			managers.init(store);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, managers.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The certificate as users give it, in a PEM file.
	 */
	public String pem() {
		try {
			return "-----BEGIN CERTIFICATE-----\n"
					+ Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(this.certificate.getEncoded())
					+ "\n-----END CERTIFICATE-----\n";
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore emptyStore() throws GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try {
			store.load(null, null);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return store;
	}

	private byte[] encode(String host, byte[] address) throws GeneralSecurityException {
		Instant now = Instant.now();
		byte[] name = der(SEQUENCE,
				der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, host.getBytes(StandardCharsets.UTF_8)))));
		byte[] alternatives = der(SEQUENCE, der(0x82, host.getBytes(StandardCharsets.US_ASCII)), der(0x87, address));
		byte[] extensions = der(SEQUENCE, der(SEQUENCE, SUBJECT_ALTERNATIVE_NAME, der(OCTET_STRING, alternatives)));
		byte[] content = der(SEQUENCE, der(0xa0, der(INTEGER, bytes(2))),
				der(INTEGER, BigInteger.valueOf(System.nanoTime()).abs().toByteArray()), ECDSA_WITH_SHA256, name,
				der(SEQUENCE, time(now.minus(Duration.ofDays(1))), time(now.plus(Duration.ofDays(1)))), name,
				this.keys.getPublic().getEncoded(), der(0xa3, extensions));
		Signature signature = Signature.getInstance("SHA256withECDSA");
		signature.initSign(this.keys.getPrivate());
		signature.update(content);
		return der(SEQUENCE, content, ECDSA_WITH_SHA256, der(BIT_STRING, bytes(0), signature.sign()));
	}

	private static byte[] time(Instant time) {
		return der(UTC_TIME, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] der(int tag, byte[]... parts) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			content.writeBytes(part);
		}
		ByteArrayOutputStream element = new ByteArrayOutputStream();
		element.write(tag);
		writeLength(content.size(), element);
		element.writeBytes(content.toByteArray());
		return element.toByteArray();
	}

	private static void writeLength(int length, ByteArrayOutputStream element) {
		if (length >= 0x80) {
			element.write((length > 0xff) ? 0x82 : 0x81);
			if (length > 0xff) {
				element.write(length >> 8);
			}
		}
		element.write(length);
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

}
