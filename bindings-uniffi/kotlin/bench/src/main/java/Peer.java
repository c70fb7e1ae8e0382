import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.TypeReference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The way of the official Java SDK (client-sdk 3.0.2): HttpURLConnection, and beans to and from JSON by fastjson. */
public final class Peer {
    public static final class Message {
        public String appToken;
        public String content;
        public Integer contentType;
        public String summary;
        public Set<String> uids;
        public Set<Long> topicIds;
        public String url;
        public Boolean verifyPay;
    }

    public static final class Answer<T> {
        public int code;
        public String msg;
        public T data;
    }

    public static final class Row {
        public String uid;
        public Long topicId;
        public Long messageId;
        public int code;
        public String status;
    }

    /** One send, and what was said of each target. */
    public static List<Row> send(String baseUrl) throws IOException {
        Message message = new Message();
        message.appToken = "AT_testbench";
        message.content = "磁盘已满";
        message.contentType = 1;
        message.uids = Set.of("UID_testalice");
        HttpURLConnection connection = (HttpURLConnection) new URL(baseUrl + "/api/send/message").openConnection();
        connection.setConnectTimeout(60_000);
        connection.setReadTimeout(60_000);
        connection.setUseCaches(false);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Charset", "UTF-8");
        connection.setDoOutput(true);
        connection.connect();
        OutputStream body = connection.getOutputStream();
        body.write(JSON.toJSONString(message).getBytes(StandardCharsets.UTF_8));
        body.flush();
        if (connection.getResponseCode() != 200) throw new IOException("not a 200");
        // The SDK, too, puts the generic type together at each call.
        Type rows = new TypeReference<List<Row>>() {}.getType();
        Type type = new TypeReference<Answer<List<Row>>>(rows) {}.getType();
        Answer<List<Row>> answer = JSON.parseObject(text(connection), type);
        if (answer.code != 1000) throw new IOException(answer.msg);
        return answer.data;
    }

    /** Read to its end and not closed, which gives the connection back to the JDK's pool. */
    private static String text(HttpURLConnection connection) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] some = new byte[4096];
        for (int size; (size = connection.getInputStream().read(some)) != -1; ) text.write(some, 0, size);
        return text.toString(StandardCharsets.UTF_8);
    }
}
